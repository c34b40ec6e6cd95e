/**
 * The comparison of people with sources of answers: agreement with intervals, reliability and its ceiling, divergences with their floor,
 * paired differences between sources. Every undefined number is null and its reason is listed.
 */
import type {
  Comparison,
  DivergenceSummary,
  PeopleSummary,
  SourceComparison,
  SourceDifference,
} from '../../shared/comparison.ts';
import type { Progress } from '../../shared/progress.ts';
import type { Estimate } from '../../shared/report.ts';
import type { Random } from '../random.ts';
import { type Agreement, agreementOf } from '../statistics/agreement.ts';
import { bootstrap, percentileInterval } from '../statistics/bootstrap.ts';
import { bias, meanAbsoluteError, rootMeanSquareError } from '../statistics/errors.ts';
import { meanLeaveOneOut } from '../statistics/leaveOneOut.ts';
import { mean } from '../statistics/moments.ts';
import { pearson } from '../statistics/pearson.ts';
import { countQueries, queryMeans, type RatingGroups } from '../statistics/ratings.ts';
import { recentre } from '../statistics/recentre.ts';
import { resamplePeople } from '../statistics/resamplePeople.ts';
import { averageRanks } from '../statistics/spearman.ts';
import { splitHalf } from '../statistics/splitHalf.ts';
import { type AnswerSet, answersTo } from './answerSet.ts';
import { compareItems, orNull } from './compareItems.ts';
import type { CompareOptions } from './compareOptions.ts';
import { type PeopleGroup, tableOf } from './people.ts';
import { COARSE_BINS, type Divergences, peopleDivergences } from './peopleDivergence.ts';

/** Divergences are averaged over at most this many splits. */
export const MAX_DIVERGENCE_SPLITS = 100;

function toEstimate(value: number, replicates: ArrayLike<number>, level: number): Estimate | null {
  const { low, high } = percentileInterval(replicates, level);
  return [value, low, high].every(Number.isFinite) ? { value, low, high } : null;
}

const CENTRING = {
  r: 'correlation',
  spearman: 'correlation',
  rmse: 'error',
  mae: 'error',
  bias: 'difference',
} as const;
type Replicated = Readonly<Record<keyof typeof CENTRING, Float64Array>>;

const PROGRESS_EVERY = 250;

/** The agreement of every source in every replicate, all on the same draws, centred on the estimates where people are drawn. */
function* replicateAgreement(
  random: Random,
  groups: RatingGroups,
  sources: readonly { readonly answers: Float64Array; readonly at: Agreement }[],
  { replicates, unit }: CompareOptions,
): Generator<Progress, Replicated[]> {
  const make = (): Float64Array => new Float64Array(replicates);
  const results = sources.map(() => ({ r: make(), spearman: make(), rmse: make(), mae: make(), bias: make() }));
  for (let done = 0; done < replicates; done += PROGRESS_EVERY) {
    yield { stage: 'resampling', done, total: replicates, unit: 'replicates' };
    const count = Math.min(PROGRESS_EVERY, replicates - done);
    resamplePeople(random, groups, { unit, replicates: count }, (means, queries, b) => {
      const rated = queries.filter((q) => !Number.isNaN(means[q]));
      const people = Float64Array.from(rated, (q) => means[q]);
      const peopleRanks = averageRanks(people);
      sources.forEach(({ answers }, s) => {
        const own = Float64Array.from(rated, (q) => answers[q]);
        results[s].r[done + b] = pearson(people, own);
        results[s].spearman[done + b] = pearson(peopleRanks, averageRanks(own));
        results[s].rmse[done + b] = rootMeanSquareError(own, people);
        results[s].mae[done + b] = meanAbsoluteError(own, people);
        results[s].bias[done + b] = bias(own, people);
      });
    });
  }
  if (unit === 'queries') return results;
  return results.map((result, s) => {
    const centred = (name: keyof Replicated): Float64Array =>
      recentre(result[name], sources[s].at[name], CENTRING[name]);
    return {
      r: centred('r'),
      spearman: centred('spearman'),
      rmse: centred('rmse'),
      mae: centred('mae'),
      bias: centred('bias'),
    };
  });
}

function summariseDivergence(random: Random, divergences: Divergences, options: CompareOptions): DivergenceSummary {
  const summarise = (values: Float64Array): Estimate | null => {
    const known = values.filter((value) => !Number.isNaN(value));
    if (known.length === 0) return null;
    const replicates = bootstrap(random, known.length, options.replicates, (drawn) => {
      let sum = 0;
      for (let i = 0; i < drawn.length; i++) sum += known[drawn[i]];
      return sum / drawn.length;
    });
    return toEstimate(mean(known), replicates, options.level);
  };
  return {
    wasserstein: summarise(divergences.wasserstein),
    jensenShannon: summarise(divergences.jensenShannon),
    totalVariation: summarise(divergences.totalVariation),
  };
}

function summariseSource(
  set: AnswerSet,
  at: Agreement,
  replicated: Replicated,
  level: number,
): Omit<SourceComparison, 'divergence'> {
  const estimate = (name: keyof Replicated): Estimate | null => toEstimate(at[name], replicated[name], level);
  return {
    source: set.source,
    sourceId: set.sourceId,
    label: set.label,
    r: estimate('r'),
    rSquared: orNull(at.r ** 2),
    spearman: estimate('spearman'),
    rmse: estimate('rmse'),
    mae: estimate('mae'),
    bias: estimate('bias'),
    concordance: orNull(at.concordance),
    line: Number.isFinite(at.slope) ? { slope: at.slope, intercept: at.intercept } : null,
  };
}

function differences(
  sets: readonly AnswerSet[],
  at: readonly Agreement[],
  replicated: readonly Replicated[],
  level: number,
): SourceDifference[] {
  const between = (name: 'r' | 'rmse', i: number, j: number): Estimate | null =>
    toEstimate(
      at[i][name] - at[j][name],
      replicated[i][name].map((value, b) => value - replicated[j][name][b]),
      level,
    );
  return sets.flatMap((first, i) =>
    sets.slice(i + 1).map((second, k) => ({
      first: first.label,
      second: second.label,
      r: between('r', i, i + 1 + k),
      rmse: between('rmse', i, i + 1 + k),
    })),
  );
}

function reasonsFor(people: PeopleSummary, sources: readonly SourceComparison[], smallestGroup: number): string[] {
  const reasons: string[] = [];
  if (smallestGroup < 2) reasons.push('reliability and floors need at least two people per group; there is one');
  else if (people.splitHalf.reliability === null)
    reasons.push('reliability is undefined: the means of a half do not vary, or too few queries are shared');
  else if (people.splitHalf.ceiling === null) reasons.push('there is no ceiling: the reliability is negative');
  if (people.queries < 10) reasons.push(`intervals rest on ${people.queries} queries, fewer than 10`);
  for (const { label, r, divergence } of sources) {
    if (r === null)
      reasons.push(`${label}: r is undefined: one side does not vary, or fewer than two queries are rated`);
    if (divergence.wasserstein === null && smallestGroup >= 2)
      reasons.push(`${label}: no divergences: some answers are means without bins or samples`);
  }
  return reasons;
}

/**
 * Compares `groups` of people with `sets`, yielding how far it is and returning the comparison. Every set must answer every query the
 * people were asked; each needs at least one rating. Throws UserError on a missing or doubled answer.
 */
export function* comparePeople(
  random: Random,
  groups: readonly PeopleGroup[],
  sets: readonly AnswerSet[],
  options: CompareOptions,
): Generator<Progress, Comparison> {
  const tables = groups.map((group) => tableOf(group, options.aggregation));
  const queries = groups.flatMap((group) => group.queries);
  const answers = sets.map((set) => answersTo(set, queries));
  const answerMeans = answers.map((list) => Float64Array.from(list, (answer) => answer.mean));
  const means = queryMeans(tables);
  const at = answerMeans.map((list) => agreementOf(means.mean, list));
  const replicated = yield* replicateAgreement(
    random.split('resamples'),
    tables,
    answerMeans.map((list, s) => ({ answers: list, at: at[s] })),
    options,
  );
  yield { stage: 'splitting people in halves', done: 0, total: 2, unit: 'parts' };
  const halves = splitHalf(random.split('halves'), tables, options.splits);
  yield { stage: 'splitting people in halves', done: 1, total: 2, unit: 'parts' };
  const divergences = peopleDivergences(
    random.split('divergences'),
    groups,
    answers,
    Math.min(MAX_DIVERGENCE_SPLITS, options.splits),
  );
  const reliability = [halves.meanSpearmanBrown, halves.low, halves.high].every(Number.isFinite)
    ? { value: halves.meanSpearmanBrown, low: halves.low, high: halves.high }
    : null;
  const people: PeopleSummary = {
    participants: groups.reduce((sum, group) => sum + group.participants.length, 0),
    queries: countQueries(tables),
    values: groups.reduce((sum, group) => sum + group.values.reduce((inner, list) => inner + list.length, 0), 0),
    splitHalf: { r: orNull(halves.meanR), reliability, ceiling: orNull(halves.ceiling) },
    leaveOneOut: orNull(mean(tables.map(meanLeaveOneOut).filter((r) => !Number.isNaN(r)))),
    divergence: summariseDivergence(random.split('floor'), divergences.floor, options),
  };
  const sources = sets.map((set, s) => ({
    ...summariseSource(set, at[s], replicated[s], options.level),
    divergence: summariseDivergence(random.split('floor'), divergences.sources[s], options),
  }));
  const smallestGroup = Math.min(...groups.map((group) => group.participants.length));
  return {
    people,
    sources,
    differences: differences(sets, at, replicated, options.level),
    items: compareItems(groups, means, answers),
    reasons: reasonsFor(people, sources, smallestGroup),
    coarseBins: COARSE_BINS,
  };
}
