/** What a distribution is: a family of the language with its checked parameters. One family per file. */
import type { Draws } from '../draws.ts';
import { describe, ProgramFault } from '../fault.ts';

/**
 * A family of distributions. `P` holds the checked parameters, made ready for use. Methods take `P` first, so a distribution is plain data.
 */
export type Family<P = unknown> = {
  /** As in `Gaussian({mu, sigma})`; the sampler is the same with a small first letter. */
  readonly name: string;
  /** Parameter names in the order `gaussian(mu, sigma)` takes them. */
  readonly parameterNames: readonly string[];
  readonly isContinuous: boolean;
  /** The parameters made ready. Throws ProgramFault naming the parameter, what was expected and received. */
  prepare(given: Given): P;
  sample(parameters: P, draws: Draws): unknown;
  /** log probability, or log density with respect to Lebesgue measure, in nats; −∞ outside the support. */
  logProb(parameters: P, value: unknown): number;
  /** Every value of a finite support. */
  support?(parameters: P): readonly unknown[];
  /** The interval a scalar continuous family lives on. */
  bounds?(parameters: P): readonly [low: number, high: number];
  /** ∂ logProb / ∂ value and / ∂ each scalar parameter, in order. */
  gradient?(parameters: P, value: number): { readonly value: number; readonly parameters: readonly number[] };
  /** The largest logProb over all values, where finite: what rejection may divide by. */
  logMax?(parameters: P): number;
  /** The standard deviation, for proposals. */
  spread?(parameters: P): number;
};

/** Reads the given parameters by name, each checked. */
export type Given = {
  readonly real: (name: string, fallback?: number) => number;
  readonly positive: (name: string) => number;
  readonly prob: (name: string, fallback?: number) => number;
  readonly count: (name: string) => number;
  readonly reals: (name: string) => Float64Array;
  /** Non-negative weights with a positive sum, as given. */
  readonly weights: (name: string) => Float64Array;
  readonly raw: (name: string) => unknown;
};

const PARTS: unique symbol = Symbol('distribution');

/** A distribution as programs hold it: opaque, since its only property is named by a symbol that no program can write. */
export type Distribution<P = unknown> = { readonly [PARTS]: { readonly family: Family<P>; readonly parameters: P } };

/** Whether `value` was made by `createDistribution`: a program's own object never is. */
export const isDistribution = (value: unknown): value is Distribution =>
  typeof value === 'object' && value !== null && PARTS in value;

/** The family and its parameters. */
export const partsOf = <P>(distribution: Distribution<P>): { readonly family: Family<P>; readonly parameters: P } =>
  distribution[PARTS];

/** The distribution of parameters that are ready. */
export const distributionOf = <P>(family: Family<P>, parameters: P): Distribution<P> => ({
  [PARTS]: { family, parameters },
});

/** Makes distributions of one runtime; the reader of parameters is made once, since programs make distributions by the million. */
export type DistributionMaker = <P>(family: Family<P>, given: Readonly<Record<string, unknown>>) => Distribution<P>;

/** A maker. What it returns throws ProgramFault where a parameter is out of its range. */
export function createDistributionMaker(): DistributionMaker {
  const reader = createReader();
  return (family, given) => distributionOf(family, family.prepare(reader(family.name, given)));
}

/** The distribution of `family` at the values `given` by name. Throws ProgramFault where a parameter is out of its range. */
export const createDistribution: DistributionMaker = (family, given) => createDistributionMaker()(family, given);

export const sampleFrom = (distribution: Distribution, draws: Draws): unknown => {
  const { family, parameters } = distribution[PARTS];
  return family.sample(parameters, draws);
};

/** log probability or density of `value` in nats. */
export const logProbOf = (distribution: Distribution, value: unknown): number => {
  const { family, parameters } = distribution[PARTS];
  return family.logProb(parameters, value);
};

/** The finite support, or undefined. */
export const supportOf = (distribution: Distribution): readonly unknown[] | undefined => {
  const { family, parameters } = distribution[PARTS];
  return family.support?.(parameters);
};

/** A reader of parameters; it holds one set at a time, so `prepare` must have read all it needs when it returns. */
function createReader(): (family: string, given: Readonly<Record<string, unknown>>) => Given {
  let family = '';
  let given: Readonly<Record<string, unknown>> = {};
  const refuse = (name: string, wanted: string): ProgramFault =>
    new ProgramFault(`${family}: ${name} must be ${wanted}, received ${describe(given[name])}`);
  const real = (name: string, fallback?: number): number => {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined && fallback !== undefined) return fallback;
    if (typeof value !== 'number' || !Number.isFinite(value)) throw refuse(name, 'a finite number');
    return value;
  };
  const reals = (name: string): Float64Array => {
    const value = given[name];
    if (!Array.isArray(value) || !value.every((x) => typeof x === 'number' && Number.isFinite(x)))
      throw refuse(name, 'an array of finite numbers');
    return Float64Array.from(value);
  };
  const reader: Given = {
    real,
    reals,
    positive: (name) => {
      const value = real(name);
      if (!(value > 0)) throw refuse(name, 'above 0');
      return value;
    },
    prob: (name, fallback) => {
      const value = real(name, fallback);
      if (value < 0 || value > 1) throw refuse(name, 'a probability between 0 and 1');
      return value;
    },
    count: (name) => {
      const value = real(name);
      if (!Number.isInteger(value) || value < 1 || value > 2 ** 31) throw refuse(name, 'a whole number of at least 1');
      return value;
    },
    weights: (name) => {
      const value = reals(name);
      const total = value.reduce((sum, x) => sum + x, 0);
      if (value.some((x) => x < 0) || !(total > 0) || !Number.isFinite(total))
        throw refuse(name, 'weights of at least 0 with a positive sum');
      return value;
    },
    raw: (name) => given[name],
  };
  return (nextFamily, nextGiven) => {
    family = nextFamily;
    given = nextGiven;
    return reader;
  };
}

/** The number a logProb was asked about, or NaN for what is no number. */
export const asNumber = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

/** The array of numbers of length `length` a logProb was asked about, or undefined. */
export const asReals = (value: unknown, length: number): readonly number[] | undefined =>
  Array.isArray(value) && value.length === length && value.every((x) => typeof x === 'number') ? value : undefined;
