/**
 * Tallies of what runs return: per query the weighted moments and the 101 bins of numbers, or the weights of other values.
 * The standard error of a self-normalized mean is √Σ w²(x−m)² / Σ w; with equal weights that is sd/√n.
 * **Source:** A. Owen, Monte Carlo theory, methods and examples (2013), ch. 9.
 */
import { ANSWER_COUNT } from '../../shared/answerScale.ts';
import { UserError } from '../../shared/errors.ts';
import type { QueryPosterior } from '../../shared/posterior.ts';
import { isDistribution, logProbOf, supportOf } from '../program/distributions/distribution.ts';
import { describe, ProgramFault } from '../program/fault.ts';
import { createKeyMaker } from '../program/valueKey.ts';

const QUERY_ID = /^[a-zA-Z][a-zA-Z0-9_]{0,31}$/;
const SUPPORT_LIMIT = 100_000;
/** Characters of all keys of one query's values. */
const SUPPORT_TEXT_LIMIT = 20_000_000;
const TOP = ANSWER_COUNT - 1;

/** Numbers of one query. */
export type NumberTally = {
  readonly kind: 'number';
  readonly bins: Float64Array;
  weight: number;
  sum: number;
  sumOfSquares: number;
  squaredWeight: number;
  squaredWeightSum: number;
  squaredWeightSquares: number;
  /** Weight of values outside 0–100, and whether any value is other than 0 and 100. */
  outside: number;
  hasBetween: boolean;
};

/** Values of one query that are no numbers. */
export type ValueTally = {
  readonly kind: 'value';
  readonly entries: Map<string, { readonly value: unknown; weight: number }>;
  weight: number;
};
export type QueryTally = NumberTally | ValueTally;

/** Half to even, as the published conversion does. */
export function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest < 0.5 ? floor : rest > 0.5 ? floor + 1 : floor + (floor & 1);
}

export const createNumberTally = (): NumberTally => ({
  kind: 'number',
  bins: new Float64Array(ANSWER_COUNT),
  weight: 0,
  sum: 0,
  sumOfSquares: 0,
  squaredWeight: 0,
  squaredWeightSum: 0,
  squaredWeightSquares: 0,
  outside: 0,
  hasBetween: false,
});

/** Adds the number `given` with weight `w` ≥ 0. */
export function addNumber(tally: NumberTally, given: number, w: number): void {
  const x = given < 0 ? 0 : given > TOP ? TOP : given;
  if (x !== given) tally.outside += w;
  if (x !== 0 && x !== TOP) tally.hasBetween = true;
  tally.bins[roundHalfEven(x)] += w;
  tally.weight += w;
  tally.sum += w * x;
  tally.sumOfSquares += w * x * x;
  tally.squaredWeight += w * w;
  tally.squaredWeightSum += w * w * x;
  tally.squaredWeightSquares += w * w * x * x;
}

/** Mean, standard deviation and standard error of the mean of independent weighted numbers. */
export function momentsOf(tally: NumberTally): { mean: number; sd: number; mcse: number } {
  const mean = tally.sum / tally.weight;
  const sd = Math.sqrt(Math.max(0, tally.sumOfSquares / tally.weight - mean * mean));
  const spread = tally.squaredWeightSquares - 2 * mean * tally.squaredWeightSum + mean * mean * tally.squaredWeight;
  return { mean, sd, mcse: Math.sqrt(Math.max(0, spread)) / tally.weight };
}

export type Tally = {
  /** Adds one run's value with its weight. Throws ProgramFault on NaN, Infinity, functions, or a changed shape. */
  readonly add: (value: unknown, weight: number) => void;
  /** Multiplies every weight so far. */
  readonly rescale: (by: number) => void;
  readonly queries: () => ReadonlyMap<string, QueryTally>;
  /** The largest standard error over numeric queries; 0 when there are none. */
  readonly worstError: () => number;
};

const isQueries = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !isDistribution(value) &&
  Object.keys(value).length > 0 &&
  Object.keys(value).every((key) => QUERY_ID.test(key));

function rescaleQuery(tally: QueryTally, by: number): void {
  tally.weight *= by;
  if (tally.kind === 'value') {
    for (const entry of tally.entries.values()) entry.weight *= by;
    return;
  }
  for (let i = 0; i < tally.bins.length; i++) tally.bins[i] *= by;
  tally.sum *= by;
  tally.sumOfSquares *= by;
  tally.outside *= by;
  tally.squaredWeight *= by * by;
  tally.squaredWeightSum *= by * by;
  tally.squaredWeightSquares *= by * by;
}

/** Whether a value is data through and through: it can leave the process. Distributions carry a symbol, data never does. */
function isData(value: unknown): boolean {
  if (typeof value === 'function') return false;
  if (typeof value !== 'object' || value === null) return true;
  return Object.getOwnPropertySymbols(value).length === 0 && Object.values(value).every(isData);
}

/** An empty tally. */
export function createTally(): Tally {
  const queries = new Map<string, QueryTally>();
  const keyOf = createKeyMaker();
  let supportText = 0;
  let names: readonly string[] | undefined;

  const tallyFor = (name: string, value: unknown): QueryTally => {
    let tally = queries.get(name);
    if (!tally)
      queries.set(
        name,
        (tally = typeof value === 'number' ? createNumberTally() : { kind: 'value', entries: new Map(), weight: 0 }),
      );
    return tally;
  };
  const addValue = (tally: ValueTally, name: string, value: unknown, weight: number): void => {
    if (typeof value === 'function')
      throw new ProgramFault(`the query ${name} returned a function`, 'Call it: name().');
    if (typeof value === 'number')
      throw new ProgramFault(
        `the query ${name} returned ${describe(value)} after other kinds of values`,
        'Return the same kind of value in every run.',
      );
    const key = keyOf(value);
    const entry = tally.entries.get(key);
    if (entry) entry.weight += weight;
    else if (!isData(value))
      throw new ProgramFault(
        `the query ${name} returned a value that holds a function or a distribution`,
        'Return numbers, texts, booleans, and lists and records of them.',
      );
    else if (tally.entries.size < SUPPORT_LIMIT && (supportText += key.length) < SUPPORT_TEXT_LIMIT)
      tally.entries.set(key, { value, weight });
    else
      throw new ProgramFault(
        `the query ${name} returned too many or too long different values`,
        'Return a number per query.',
      );
    tally.weight += weight;
  };
  const addQuery = (name: string, value: unknown, weight: number): void => {
    const tally = tallyFor(name, value);
    if (tally.kind === 'value') {
      addValue(tally, name, value, weight);
      return;
    }
    if (typeof value !== 'number')
      throw new ProgramFault(
        `the query ${name} returned ${describe(value)} after numbers`,
        'Return a number in every run.',
      );
    if (!Number.isFinite(value))
      throw new ProgramFault(
        `the query ${name} returned ${value}`,
        'Is something divided by 0, or a property misspelt? Missing ones are undefined.',
      );
    addNumber(tally, value, weight);
  };
  const add = (value: unknown, weight: number): void => {
    if (isDistribution(value)) {
      const support = supportOf(value);
      if (!support)
        throw new ProgramFault('the program ends with a distribution that has no finite support', 'Sample it.');
      for (const element of support) add(element, weight * Math.exp(logProbOf(value, element)));
      return;
    }
    if (names === undefined) names = isQueries(value) ? Object.keys(value) : [];
    if (names.length === 0) {
      addQuery('value', value, weight);
      return;
    }
    if (typeof value !== 'object' || value === null)
      throw new ProgramFault(`the model returned ${describe(value)} after an object of queries`);
    for (let i = 0; i < names.length; i++) {
      if (!Object.hasOwn(value, names[i]))
        throw new ProgramFault(`the model did not return the query ${names[i]} in every run`);
      addQuery(names[i], (value as Readonly<Record<string, unknown>>)[names[i]], weight);
    }
  };
  const worstError = (): number => {
    let worst = 0;
    for (const tally of queries.values()) if (tally.kind === 'number') worst = Math.max(worst, momentsOf(tally).mcse);
    return worst;
  };
  const rescale = (by: number): void => {
    for (const tally of queries.values()) rescaleQuery(tally, by);
  };
  return { add, rescale, queries: () => queries, worstError };
}

/** A query's posterior from its tally; `mcse` is given where draws are not independent. */
export function posteriorOf(name: string, tally: QueryTally, mcse?: number): QueryPosterior {
  if (!(tally.weight > 0)) throw new UserError(`infer: the query ${name} has no weight`);
  if (tally.kind === 'number') {
    const moments = momentsOf(tally);
    return {
      mean: moments.mean,
      sd: moments.sd,
      mcse: mcse ?? moments.mcse,
      bins: Array.from(tally.bins, (weight) => weight / tally.weight),
    };
  }
  const entries = [...tally.entries.values()].sort((a, b) => b.weight - a.weight);
  return {
    mean: null,
    sd: null,
    mcse: null,
    bins: null,
    support: entries.map(({ value }) => value ?? null),
    probs: entries.map(({ weight }) => weight / tally.weight),
  };
}

/** The posteriors of all queries that have weight; `errors` gives the mcse by name where draws are not independent. */
export const posteriorsOf = (
  tally: Tally,
  errors?: ReadonlyMap<string, number | undefined>,
): Record<string, QueryPosterior> =>
  Object.fromEntries(
    [...tally.queries()]
      .filter(([, query]) => query.weight > 0)
      .map(([name, query]) => [name, posteriorOf(name, query, errors?.get(name))]),
  );
