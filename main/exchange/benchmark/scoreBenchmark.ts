/** The rows of a benchmark's table: the transformer as it is, scaled, as it says in words; floors and ceilings always. */
import type { BenchmarkItem, ChoiceItem, EstimateItem } from '../../../engine/evaluation/benchmarks/benchmarkItem.ts';
import {
  choiceRow,
  offeredLogProbs,
  referenceRows,
  scaledProbs,
} from '../../../engine/evaluation/benchmarks/scoreChoices.ts';
import { estimateFloors, estimateRow } from '../../../engine/evaluation/benchmarks/scoreEstimates.ts';
import { verbalizedProbs } from '../../../engine/evaluation/benchmarks/verbalized.ts';
import { createRandom, type Random } from '../../../engine/random.ts';
import { mean } from '../../../engine/statistics/moments.ts';
import type { BenchmarkResult, BenchmarkRow } from '../../../shared/benchmark.ts';
import type { Answered } from './benchmarkRun.ts';

const INTERVAL = { level: 0.95, replicates: 2000 } as const;

export type ScorePlan = {
  /** Every item, asked or too long: floors are of all of them. */
  readonly items: readonly BenchmarkItem[];
  readonly temperature: number | null;
  /** Percentages said, by item; null where they were not asked for. */
  readonly said: ReadonlyMap<string, readonly number[]> | null;
  readonly seed: number;
};

const isChoice = (answered: Answered<BenchmarkItem>): answered is Answered<ChoiceItem> =>
  answered.item.kind === 'choice';
const isEstimate = (answered: Answered<BenchmarkItem>): answered is Answered<EstimateItem> =>
  answered.item.kind === 'estimate';

function choiceRows(
  random: Random,
  answered: readonly Answered<ChoiceItem>[],
  { temperature, said }: ScorePlan,
): BenchmarkRow[] {
  const at = (t: number) =>
    answered.map(({ item, logProbs }) => ({ item, probs: scaledProbs(offeredLogProbs(item, logProbs), t) }));
  const spoken = answered.flatMap(({ item }) => {
    const values = said?.get(item.id);
    return values ? [{ item, ...verbalizedProbs(values) }] : [];
  });
  const invalid = spoken.filter(({ isValid }) => !isValid).length;
  const verbalized = (): BenchmarkRow => {
    const row = choiceRow(random, { label: 'verbalized', role: 'answers' }, spoken, INTERVAL);
    return invalid === 0
      ? row
      : {
          ...row,
          note: [row.note, `all percentages 0 on ${invalid} items, taken as uniform`].filter(Boolean).join('; '),
        };
  };
  return [
    choiceRow(random, { label: 'transformer', role: 'answers' }, at(1), INTERVAL),
    ...(temperature === null
      ? []
      : [
          choiceRow(
            random,
            { label: `transformer, T = ${temperature.toPrecision(3)}`, role: 'answers' },
            at(temperature),
            INTERVAL,
          ),
        ]),
    ...(said === null ? [] : [verbalized()]),
  ];
}

/** Mass outside the offered texts, on average; null without answers. */
function leakedMassOf(answered: readonly Answered<BenchmarkItem>[]): number | null {
  if (answered.length === 0) return null;
  return mean(
    answered.map(({ item, logProbs }) => {
      const offered = item.kind === 'choice' ? offeredLogProbs(item, logProbs) : logProbs;
      return Math.min(1, Math.max(0, 1 - offered.reduce((sum, value) => sum + Math.exp(value), 0)));
    }),
  );
}

/** Rows, leaked mass and how the intervals were made. */
export function scoreBenchmark(
  answered: readonly Answered<BenchmarkItem>[],
  plan: ScorePlan,
): Pick<BenchmarkResult, 'rows' | 'leakedMass' | 'interval'> {
  const random = createRandom(plan.seed).split('benchmark');
  const [choices, estimates] = [answered.filter(isChoice), answered.filter(isEstimate)];
  const choiceItems = plan.items.filter((item) => item.kind === 'choice');
  const estimateItems = plan.items.filter((item) => item.kind === 'estimate');
  const rows = [
    ...(choiceItems.length === 0
      ? []
      : [...choiceRows(random, choices, plan), ...referenceRows(random, choiceItems, INTERVAL)]),
    ...(estimateItems.length === 0
      ? []
      : [
          estimateRow(
            random,
            { label: 'transformer', role: 'answers' },
            estimates.map(({ item, logProbs }) => ({ item, probs: scaledProbs(logProbs) })),
            INTERVAL,
          ),
          ...estimateFloors(random, estimateItems, INTERVAL),
        ]),
  ];
  return { rows, leakedMass: leakedMassOf(answered), interval: INTERVAL };
}
