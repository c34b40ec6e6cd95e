/** A report with the shape and the spread of a real run, made from a seed: what figures and report.html are tested on. */
import { createRandom, type Random } from '../../../engine/random.ts';
import { ANSWER_COUNT } from '../../../shared/posterior.ts';
import type { QueryKind } from '../../../shared/queryKind.ts';
import { type EvaluationRow, type Report, reportSchema, type Scatter } from '../../../shared/report.ts';

/** A normal curve over the answers, with `floor` of its mass spread evenly. */
function bell(mean: number, sd: number, floor = 0): number[] {
  const raw = Array.from({ length: ANSWER_COUNT }, (_, answer) => Math.exp(-0.5 * ((answer - mean) / sd) ** 2));
  const total = raw.reduce((sum, value) => sum + value, 0);
  return raw.map((value) => ((1 - floor) * value) / total + floor / ANSWER_COUNT);
}

const meanOf = (bins: readonly number[]): number => bins.reduce((sum, mass, answer) => sum + mass * answer, 0);

const mixed = (a: readonly number[], b: readonly number[], share: number): number[] =>
  a.map((mass, i) => (1 - share) * mass + share * b[i]);

const row = (
  name: Pick<EvaluationRow, 'source' | 'sourceId' | 'label'>,
  mae: readonly [number, number, number],
  divergence: readonly [number, number, number] | null,
): EvaluationRow => ({
  ...name,
  n: 96,
  mae: { value: mae[0], low: mae[1], high: mae[2] },
  divergence: divergence && { value: divergence[0], low: divergence[1], high: divergence[2] },
  byKind: {
    rank: { n: 24, mae: mae[0] * 0.9, low: mae[1] * 0.8, high: mae[2] },
    percentage: { n: 24, mae: mae[0] * 0.8 },
    contest: { n: 48, mae: mae[0] * 1.15 },
  },
});

const KINDS: readonly QueryKind[] = ['rank', 'percentage', 'contest', 'contest'];

function scatter(
  random: Random,
  name: Pick<Scatter, 'source' | 'sourceId' | 'label'>,
  slope: number,
  noise: number,
): Scatter {
  const points = Array.from({ length: 36 }, (_, i) => {
    const truth = 10 + 80 * random.uniform();
    const clamp = (value: number): number => Math.max(0, Math.min(100, value));
    return {
      scenarioId: `regatta-${Math.floor(i / 6) + 1}`,
      queryId: `q${(i % 6) + 1}`,
      kind: KINDS[i % 4],
      x: clamp(50 + slope * (truth - 50) + noise * random.gaussian()),
      y: clamp(50 + 0.8 * (truth - 50) + 5 * random.gaussian()),
      yStandardError: 2 + 3 * random.uniform(),
      participants: 24,
    };
  });
  const r = slope > 0 ? 0.91 - noise / 60 : -0.18;
  return { ...name, points, r: { value: r, low: r - 0.12, high: r + 0.06 }, nQueries: 36, nParticipants: 24 };
}

const ADAPTER = { source: 'adapter', sourceId: 'distribution', label: 'Adapter, distribution targets' } as const;
const MEAN_ADAPTER = { source: 'adapter', sourceId: 'mean', label: 'Adapter, mean targets' } as const;
const BASE = { source: 'base', sourceId: 'base', label: 'Base transformer' } as const;
const PROGRAM = { source: 'posterior', sourceId: 'program', label: 'Program' } as const;

/** The report of `seed`; checked against its schema. */
export function sampleReport(seed = 1): Report {
  const random = createRandom(seed);
  const program = mixed(bell(72, 9), bell(48, 14), 0.35);
  const adapter = mixed(program, bell(60, 22), 0.35);
  const base = mixed(bell(50, 3), bell(20, 20, 0.3), 0.55);
  return reportSchema.parse({
    formatVersion: 1,
    id: 'demo-7',
    title: 'Credence demonstration',
    createdAt: '2026-11-24T09:00:00.000Z',
    seed: 7,
    version: '0.1.0',
    methods: [
      'Programs were run by rejection sampling until the Monte Carlo standard error of every mean was at most 0.5 points.',
      'Held-out motif cells are (1,1,0) and (2,1,0); validation and test are split by scenario, selection on validation, reporting on test.',
      'KL(program ‖ answer) is in nats; each answer is mixed with 0.1 % of the uniform distribution, so that zero mass costs a finite amount.',
      'Intervals are 95 % percentile bootstrap intervals.',
    ],
    study: {
      slug: 'regatta',
      title: 'Races and tugs',
      hash: '9f2c61d07be45a10c3',
      stage: 'simulated',
      nParticipants: 24,
    },
    evaluation: [
      row(ADAPTER, [8.42, 7.61, 9.33], [0.31, 0.26, 0.37]),
      row(MEAN_ADAPTER, [9.05, 8.1, 10.2], [2.84, 2.5, 3.2]),
      row(BASE, [26.1, 24.2, 28.3], [1.92, 1.7, 2.15]),
      row(
        { source: 'prior', sourceId: 'prior', label: 'Program without observations' },
        [15.2, 13.5, 17],
        [0.62, 0.5, 0.75],
      ),
      row(
        { source: 'floor', sourceId: 'kind-mean', label: 'Training mean of the query’s kind' },
        [16.9, 15.1, 18.8],
        [0.71, 0.6, 0.84],
      ),
      row({ source: 'floor', sourceId: 'constant-50', label: 'Always 50' }, [17.8, 16, 19.7], null),
    ],
    overlay: {
      scenarioId: 'sports-0042',
      queryId: 'q1',
      background:
        'In a rowing league, crews race over one kilometre. How fast a crew is depends on the strength of its rowers, which stays the same from race to race, and on how hard each of them tries on the day, which changes.',
      conditions: [
        'In the first race, Amara and Felix beat Ines and Juno.',
        'In the second race, Amara and Ines beat Felix and Kofi.',
        'In the third race, Juno and Kofi beat Amara and Felix.',
      ],
      queryText: 'Out of 100 rowers picked at random, where does Amara rank in strength?',
      kind: 'rank',
      series: [
        { ...PROGRAM, bins: program, mean: meanOf(program) },
        { ...ADAPTER, bins: adapter, mean: meanOf(adapter) },
        { ...BASE, bins: base, mean: meanOf(base) },
      ],
    },
    scatters: [
      scatter(random.split('program'), PROGRAM, 1.05, 6),
      scatter(random.split('adapter'), ADAPTER, 0.9, 9),
      scatter(random.split('mean'), MEAN_ADAPTER, 0.85, 12),
      scatter(random.split('base'), BASE, -0.1, 7),
    ],
    interval: { level: 0.95, replicates: 10_000, unit: 'participants and queries', seed: 7 },
  } satisfies Report);
}
