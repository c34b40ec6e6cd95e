/** Data for the figures of a comparison and of a training run, made from a seed. */
import type { Dispersion } from '../../../engine/figures/dispersionScatter.ts';
import type { LadderSeries } from '../../../engine/figures/ladder.ts';
import type { TrainingRun } from '../../../engine/figures/lossCurves.ts';
import type { ScatterCell } from '../../../engine/figures/meanScatter.ts';
import type { PeopleDistance } from '../../../engine/figures/peopleDivergenceBars.ts';
import type { Reliability } from '../../../engine/figures/reliabilityDiagram.ts';
import type { ErrorSet } from '../../../engine/figures/setErrorBars.ts';
import { createRandom } from '../../../engine/random.ts';
import { reliabilityCurve } from '../../../engine/statistics/calibrationError.ts';
import type { ScenarioHistograms } from '../../../shared/comparison.ts';
import { sampleReport } from './sampleReport.ts';

const PROGRAM = { source: 'posterior', sourceId: 'program', label: 'Program' } as const;
const ADAPTER = { source: 'adapter', sourceId: 'distribution', label: 'Adapter, distribution targets' } as const;
const MEAN_ADAPTER = { source: 'adapter', sourceId: 'mean', label: 'Adapter, mean targets' } as const;
const BASE = { source: 'base', sourceId: 'base', label: 'Base transformer' } as const;

const FLOOR = { source: 'floor', sourceId: 'constant', label: 'Always 50' } as const;

const report = sampleReport();

/** Three kinds × three domains. */
export const CELLS: readonly ScatterCell[] = ['rank', 'percentage', 'contest'].flatMap((row, r) =>
  ['tug-of-war', 'rowing', 'relay running'].map((column, c) => {
    const { points, ...scatter } = report.scatters[1];
    const own = points.filter((_, i) => (i + 2 * c) % 3 === 0).map((point) => ({ ...point, kind: row as 'rank' }));
    return {
      row,
      column,
      scatter: { ...scatter, points: own, nQueries: own.length, r: r === 1 && c === 2 ? null : scatter.r },
      ceiling: 0.95 - 0.02 * r,
    };
  }),
);

/** Widths of distributions: one source like people, one far too wide. */
export const DISPERSIONS: readonly Dispersion[] = [PROGRAM, ADAPTER, BASE].map((name, s) => {
  const random = createRandom(20 + s);
  return {
    ...name,
    points: report.scatters[0].points.map(({ scenarioId, queryId, kind }) => {
      const peopleSd = 12 + 12 * random.uniform();
      return {
        scenarioId,
        queryId,
        kind,
        peopleSd,
        participants: 24,
        sourceSd: Math.max(1, peopleSd * (0.8 + 0.4 * s) + 4 * random.gaussian()),
      };
    }),
  };
});

/** A calibrated and an overconfident source. */
export const RELIABILITIES: readonly Reliability[] = [ADAPTER, BASE].map((name, s) => {
  const random = createRandom(30 + s);
  const p = Array.from({ length: 900 }, () => random.uniform() ** (s === 0 ? 1 : 0.4));
  const y = p.map((prob) => (random.uniform() < (s === 0 ? prob : 0.25 + 0.4 * prob) ? 1 : 0));
  return { ...name, bins: reliabilityCurve(p, y, 15) };
});

/** Two runs of 600 steps. */
export const RUNS: readonly TrainingRun[] = [ADAPTER, MEAN_ADAPTER].map((name, s) => {
  const random = createRandom(40 + s);
  const losses = Array.from({ length: 600 }, (_, i) => ({
    event: 'step' as const,
    step: i + 1,
    loss: 3.2 + 1.3 * Math.exp(-i / 120) + 0.12 * random.gaussian() + 0.2 * s,
    learningRate: 1e-4,
    gradientNorm: 1,
  }));
  let best = Number.POSITIVE_INFINITY;
  const validations = Array.from({ length: 12 }, (_, i) => {
    const mae = 9 + 9 * Math.exp(-i / 3) + s + (i > 8 ? 0.4 * (i - 8) : 0) + 0.2 * random.gaussian();
    const isBest = mae < best;
    best = Math.min(best, mae);
    return {
      event: 'validation' as const,
      step: 50 * (i + 1),
      epoch: i + 1,
      mae,
      crossEntropy: 3.4,
      divergence: 0.4,
      best: isBest,
    };
  });
  return { ...name, log: [...losses, ...validations].sort((a, b) => a.step - b.step) };
});

export const RUNGS = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8'];
export const LADDER: readonly LadderSeries[] = [
  {
    source: 'people',
    sourceId: 'people',
    label: 'People, with 95 % interval',
    answers: RUNGS.map((_, i) => ({ value: 28 + 7 * i, low: 22 + 7 * i, high: 34 + 7 * i })),
    counts: RUNGS.map(() => 24),
  },
  { ...PROGRAM, answers: RUNGS.map((_, i) => 25 + 8 * i) },
  { ...ADAPTER, answers: RUNGS.map((_, i) => (i === 4 ? null : 32 + 6 * i)) },
  { ...BASE, answers: RUNGS.map((_, i) => 52 + (i % 3)) },
];

export const DISTANCES: readonly PeopleDistance[] = [
  { ...PROGRAM, distance: { value: 10.4, low: 9.5, high: 11.3 }, queries: 36 },
  { ...ADAPTER, distance: { value: 11.9, low: 10.8, high: 13.1 }, queries: 36 },
  { ...BASE, distance: { value: 21.2, low: 19.6, high: 22.8 }, queries: 36 },
  { source: 'floor', sourceId: 'constant-50', label: 'Always 50', distance: null, queries: 36 },
];
export const DISTANCE_FLOOR = { value: 9.1, low: 8.6, high: 9.7 };

/** Four queries of one scenario; the base has no distribution for the last. */
export const HISTOGRAMS: ScenarioHistograms = {
  scenarioId: 'tug-of-war-one-upset',
  queries: [
    { id: 'q1', text: 'Out of 100 random pullers, where does Amara rank in raw strength?' },
    { id: 'q3', text: "From 0 to 100, how high was Amara's effort in match 2?" },
    { id: 'q4', text: "From 0 to 100, how high was Amara's effort in match 4?" },
    {
      id: 'q5',
      text: 'In a new match later the same day, Amara and Nora (Team 1) will face Selma and Theo (Team 2). How likely is Team 2 to win?',
    },
  ],
  rows: [{ source: 'people', sourceId: 'people', label: 'People (simulated)' } as const, PROGRAM, ADAPTER, BASE].map(
    (name, r) => ({
      ...name,
      cells: [64, 73, 55, 36].map((centre, q) => {
        if (r === 3 && q === 3) return null;
        const [mean, sd] = [r === 3 ? 50 : centre + 3 * r - 3, 10 + 5 * r];
        const raw = Array.from({ length: 20 }, (_, i) => Math.exp(-0.5 * ((5 * i + 2.5 - mean) / sd) ** 2));
        const total = raw.reduce((sum, value) => sum + value, 0);
        const people = { n: 24, mean: { value: mean, low: mean - 4, high: mean + 4 } };
        const shares = raw.map((value) => value / total);
        return r === 0 ? { shares, mean, sd, distance: null, people } : { shares, mean, sd, distance: 4.5 * r };
      }),
    }),
  ),
};

/** Errors on all queries and on what training saw and did not see; a floor among the sources. */
export const SETS: readonly ErrorSet[] = ['all queries', 'trained on', 'held out'].map((name, set) => ({
  name,
  queries: [36, 24, 12][set],
  bars: [PROGRAM, ADAPTER, BASE, FLOOR].map((source, s) => {
    const value = 4 + 5 * s + (s === 1 ? 3 * set : set);
    return { ...source, estimate: { value, low: value - 1.2, high: value + 1.6 } };
  }),
}));
