/** What a finished benchmark leaves in its folder: the result, the table and every item as CSV, and the reliability diagram. */
import type { BenchmarkItem } from '../../../engine/evaluation/benchmarks/benchmarkItem.ts';
import { ECE_BINS } from '../../../engine/evaluation/benchmarks/benchmarkRow.ts';
import { offeredLogProbs, scaledProbs } from '../../../engine/evaluation/benchmarks/scoreChoices.ts';
import { countText } from '../../../engine/figures/numberText.ts';
import { panelsHeight } from '../../../engine/figures/pointPanels.ts';
import { type Reliability, reliabilityDiagram } from '../../../engine/figures/reliabilityDiagram.ts';
import { standaloneSvg } from '../../../engine/figures/standaloneSvg.ts';
import { reliabilityCurve } from '../../../engine/statistics/calibrationError.ts';
import type { BenchmarkResult } from '../../../shared/benchmark.ts';
import { type CsvCell, toCsv } from '../csvText.ts';
import type { Answered } from './benchmarkRun.ts';

const WIDTH = 1120;

const tableCsv = ({ rows }: BenchmarkResult): string =>
  toCsv(
    [
      ['row', 'role', 'n', 'score', 'score_low', 'score_high', 'nll', 'nll_low', 'nll_high', 'ece', 'note'],
      ...rows.map(({ label, role, n, score, nll, ece, note }) => [
        label,
        role,
        n,
        score?.value ?? null,
        score?.low ?? null,
        score?.high ?? null,
        nll?.value ?? null,
        nll?.low ?? null,
        nll?.high ?? null,
        ece,
        note,
      ]),
    ],
    'plain',
  );

function itemRow({ item, logProbs }: Answered<BenchmarkItem>): CsvCell[] {
  if (item.kind === 'choice') {
    const probs = scaledProbs(offeredLogProbs(item, logProbs));
    const best = probs.indexOf(Math.max(...probs));
    return [item.id, item.group, item.labels[item.gold], item.labels[best], probs[item.gold], probs[best]];
  }
  const probs = scaledProbs(logProbs);
  const mean = probs.reduce((sum, prob, answer) => sum + prob * answer, 0);
  return [item.id, item.group, item.mean, mean, probs[Math.round(item.mean)], Math.max(...probs)];
}

const itemsCsv = (answered: readonly Answered<BenchmarkItem>[]): string =>
  toCsv([['item_id', 'group', 'right', 'answer', 'prob_of_right', 'highest_prob'], ...answered.map(itemRow)], 'plain');

/** Stated probability of the likeliest option against how often it was right. */
function reliabilityOf(answered: readonly Answered<BenchmarkItem>[]): Reliability | null {
  const pairs = answered.flatMap(({ item, logProbs }) => {
    if (item.kind !== 'choice') return [];
    const probs = scaledProbs(offeredLogProbs(item, logProbs));
    const best = Math.max(...probs);
    return [{ p: best, y: probs[item.gold] === best ? 1 : 0 }];
  });
  if (pairs.length === 0) return null;
  const curve = reliabilityCurve(
    pairs.map(({ p }) => p),
    pairs.map(({ y }) => y),
    ECE_BINS,
  );
  return { source: 'base', sourceId: 'transformer', label: 'transformer', bins: curve };
}

/** File name → content. */
export function benchmarkFiles(
  result: BenchmarkResult,
  answered: readonly Answered<BenchmarkItem>[],
): ReadonlyMap<string, string> {
  const reliability = reliabilityOf(answered);
  const note = {
    text: `${result.name}${result.isGuided ? ', guided' : ''} · ${countText(result.items - result.tooLong)} of ${countText(result.items)} items asked · ECE in ${ECE_BINS} equal bins of pooled items · seed ${result.seed}`,
    isSimulated: false,
  };
  const size = { width: WIDTH, height: panelsHeight(1, WIDTH) };
  return new Map([
    ['result.json', `${JSON.stringify(result, null, 2)}\n`],
    ['table.csv', tableCsv(result)],
    ['items.csv', itemsCsv(answered)],
    ...(reliability === null
      ? []
      : [['reliability.svg', standaloneSvg(reliabilityDiagram([reliability], note, size))] as const]),
  ]);
}
