/** sample, observe, condition, factor, Infer; every distribution and its sampler; and functions of distributions. */

import {
  createDistributionMaker,
  type Distribution,
  type Family,
  isDistribution,
  logProbOf,
  partsOf,
  sampleFrom,
  supportOf,
} from '../distributions/distribution.ts';
import { FAMILIES } from '../distributions/index.ts';
import { createMarginal } from '../distributions/marginal.ts';
import { describe, ProgramFault } from '../fault.ts';
import type { Runtime } from '../runtime.ts';
import { createKeyMaker } from '../valueKey.ts';
import { arrayOf, functionOf } from './arrays.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isDistribution(value);

function distributionOf(value: unknown, wanted: string): Distribution {
  if (isDistribution(value)) return value;
  const hint =
    typeof value === 'number' || typeof value === 'boolean'
      ? 'Small letters (gaussian) draw a value at once; capitals (Gaussian({…})) make the distribution.'
      : undefined;
  throw new ProgramFault(`${wanted} needs a distribution, received ${describe(value)}`, hint);
}

/** The name of a family's sampler: `gaussian` for Gaussian. */
export const samplerName = (family: Family): string =>
  family.name === 'KDE' ? 'kde' : family.name[0].toLowerCase() + family.name.slice(1);

/** The parameters a call gives: one record, or one argument per name. */
export function givenParameters(family: Family, args: readonly unknown[]): Fields {
  const [only] = args;
  const takesRecord = args.length <= 1 && isFields(only) && (family.name !== 'Delta' || Object.hasOwn(only, 'v'));
  if (takesRecord) {
    const unknown = Object.keys(only).find((name) => !family.parameterNames.includes(name));
    if (unknown !== undefined)
      throw new ProgramFault(
        `${family.name} has no parameter ${unknown}`,
        `Its parameters are ${family.parameterNames.join(', ')}.`,
      );
    return only;
  }
  if (args.length > family.parameterNames.length)
    throw new ProgramFault(
      `${family.name} takes ${family.parameterNames.length} parameters, received ${args.length}`,
      `Its parameters are ${family.parameterNames.join(', ')}.`,
    );
  const given: Record<string, unknown> = {};
  for (let i = 0; i < args.length; i++) given[family.parameterNames[i]] = args[i];
  return given;
}

/** The values of a finite distribution with their probabilities. */
function tableOf(distribution: Distribution, wanted: string): { values: readonly unknown[]; probs: number[] } {
  const values = supportOf(distribution);
  if (!values)
    throw new ProgramFault(
      `${wanted} needs a distribution with finitely many values, received ${partsOf(distribution).family.name}`,
      'Sample it, or Infer a model of it first.',
    );
  return { values, probs: values.map((value) => Math.exp(logProbOf(distribution, value))) };
}

/** The functions of a distribution that are also its methods. */
export function createDistributionMethods(
  runtime: Runtime,
): Readonly<Record<string, (target: unknown, ...args: unknown[]) => unknown>> {
  return {
    sample: (target) => runtime.handler.sample(distributionOf(target, 'sample')),
    score: (target, value) => logProbOf(distributionOf(target, 'score'), value),
    support: (target) => [...tableOf(distributionOf(target, 'support'), 'support').values],
    MAP: (target) => {
      const { values, probs } = tableOf(distributionOf(target, 'MAP'), 'MAP');
      const best = probs.indexOf(Math.max(...probs));
      return { val: values[best], prob: probs[best], score: Math.log(probs[best]) };
    },
    entropy: (target) =>
      tableOf(distributionOf(target, 'entropy'), 'entropy').probs.reduce(
        (total, p) => (p > 0 ? total - p * Math.log(p) : total),
        0,
      ),
  };
}

/** Samplers and makers of every family. */
function createFamilies(runtime: Runtime): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  const createDistribution = createDistributionMaker();
  for (const family of FAMILIES) {
    const make = (...args: unknown[]): Distribution => createDistribution(family, givenParameters(family, args));
    result[family.name] = make;
    if (family.name !== 'Marginal' && family.name !== 'Delta')
      result[samplerName(family)] = (...args: unknown[]) => runtime.handler.sample(make(...args));
  }
  return result;
}

/** The samplers programs use most, drawing at once when nobody wants to know the choices. */
function createFastSamplers(runtime: Runtime, slow: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { draws } = runtime;
  const slowly = (name: string): ((...args: unknown[]) => unknown) => functionOf(slow[name], name);
  const [gaussian, uniform, bernoulli] = ['gaussian', 'uniform', 'bernoulli'].map(slowly);
  const isProb = (p: unknown): p is number => typeof p === 'number' && p >= 0 && p <= 1;
  const flip = (p: unknown = 0.5): unknown =>
    runtime.handler.isDirect && isProb(p) ? draws.uniform() < p : bernoulli(p);
  return {
    gaussian: (...args: unknown[]) => {
      const [mu, sigma] = args;
      if (
        !runtime.handler.isDirect ||
        typeof mu !== 'number' ||
        typeof sigma !== 'number' ||
        !(sigma > 0 && sigma < Infinity && mu - mu === 0)
      )
        return gaussian(...args);
      return mu + sigma * draws.gaussian();
    },
    uniform: (...args: unknown[]) => {
      const [a, b] = args;
      if (!runtime.handler.isDirect || typeof a !== 'number' || typeof b !== 'number' || !(a < b && b - a < Infinity))
        return uniform(...args);
      return a + (b - a) * draws.uniform();
    },
    flip,
  };
}

/** The functions by name, for one runtime. */
export function createProbability(runtime: Runtime): Record<string, unknown> {
  const families = createFamilies(runtime);
  const [randomInteger, Categorical] = [
    functionOf(families.randomInteger, 'randomInteger'),
    functionOf(families.Categorical, 'Categorical'),
  ];
  const methods = createDistributionMethods(runtime);
  const factor = (logWeight: unknown): void => {
    if (typeof logWeight !== 'number' || Number.isNaN(logWeight) || logWeight === Number.POSITIVE_INFINITY)
      throw new ProgramFault(
        `factor needs a number below Infinity, received ${describe(logWeight)}`,
        Number.isNaN(logWeight) ? 'Is a property or parameter misspelt? Missing ones are undefined.' : undefined,
      );
    runtime.handler.factor(logWeight);
  };
  const expectation = (dist: unknown, f?: unknown): number => {
    const fn = f === undefined ? (value: unknown) => value : functionOf(f, 'expectation');
    const { values, probs } = tableOf(distributionOf(dist, 'expectation'), 'expectation');
    return values.reduce<number>((total, value, i) => total + probs[i] * Number(fn(value)), 0);
  };
  const marginalize = (dist: unknown, project: unknown): Distribution => {
    const { values, probs } = tableOf(distributionOf(dist, 'marginalize'), 'marginalize');
    const keyOf = createKeyMaker();
    const weights = new Map<string, { value: unknown; weight: number }>();
    values.forEach((value, i) => {
      const part =
        typeof project === 'string'
          ? isFields(value) && Object.hasOwn(value, project)
            ? value[project]
            : undefined
          : functionOf(project, 'marginalize')(value);
      const entry = weights.get(keyOf(part));
      if (entry) entry.weight += probs[i];
      else weights.set(keyOf(part), { value: part, weight: probs[i] });
    });
    const entries = [...weights.values()];
    return createMarginal(
      entries.map(({ value }) => value),
      entries.map(({ weight }) => weight),
    );
  };
  const infer = (first: unknown, second?: unknown): Distribution => {
    const options = isFields(first) ? first : isFields(second) ? second : {};
    const body = typeof first === 'function' ? first : (second ?? options.model);
    return runtime.infer(options, functionOf(body, 'Infer'));
  };
  const withMethod = (method: string) => (body: unknown, given?: unknown) =>
    infer(body, { ...(isFields(given) ? given : typeof given === 'number' ? { samples: given } : {}), method });
  const drift = (name: string) => {
    const draw = functionOf(families[name], name);
    return (given: unknown) =>
      draw(
        isFields(given)
          ? Object.fromEntries(Object.entries(given).filter(([key]) => key !== 'width' && key !== 'concentration'))
          : given,
      );
  };
  return {
    ...families,
    ...createFastSamplers(runtime, families),
    delta: (v: unknown) => (isFields(v) && Object.hasOwn(v, 'v') ? v.v : v),
    sample: (dist: unknown) => {
      const distribution = distributionOf(dist, 'sample');
      return runtime.handler.isDirect ? sampleFrom(distribution, runtime.draws) : runtime.handler.sample(distribution);
    },
    factor,
    condition: (isTrue: unknown): void => {
      if (!isTrue) runtime.handler.factor(Number.NEGATIVE_INFINITY);
      // One that holds still is a stage of the run for algorithms that follow it.
      else if (!runtime.handler.isDirect) runtime.handler.factor(0);
    },
    observe: (dist: unknown, value: unknown): unknown => {
      const distribution = distributionOf(dist, 'observe');
      if (value === undefined) return runtime.handler.sample(distribution);
      const logProb = logProbOf(distribution, value);
      if (Number.isNaN(logProb))
        throw new ProgramFault(`observe: ${describe(value)} is no value of ${partsOf(distribution).family.name}`);
      factor(logProb);
      return value;
    },
    uniformDraw: (given: unknown) => {
      const vs = arrayOf(isFields(given) ? given.vs : given, 'uniformDraw');
      if (vs.length === 0) throw new ProgramFault('uniformDraw from an empty array');
      return vs[Number(randomInteger(vs.length))];
    },
    randomIntegerDist: functionOf(families.RandomInteger, 'RandomInteger'),
    uniformDist: functionOf(families.Uniform, 'Uniform'),
    uniformDrawDist: (vs: unknown) => Categorical({ vs }),
    gaussianDrift: drift('gaussian'),
    uniformDrift: drift('uniform'),
    dirichletDrift: drift('dirichlet'),
    expectation,
    entropy: methods.entropy,
    MAP: methods.MAP,
    marginalize,
    Infer: infer,
    Enumerate: withMethod('enumerate'),
    Rejection: withMethod('rejection'),
    MCMC: withMethod('MCMC'),
    MH: withMethod('MCMC'),
    IncrementalMH: withMethod('MCMC'),
    SMC: withMethod('SMC'),
    ParticleFilter: withMethod('SMC'),
    ForwardSample: withMethod('forward'),
  };
}
