/**
 * The differentiable form of a program: run at a position of its real-valued choices, it gives the log joint and its gradient. Bounded choices move
 * on an unbounded scale (log or logit), with the Jacobian in the density. Choices of other kinds keep their values.
 */
import { UserError } from '../../shared/errors.ts';
import {
  createDistribution,
  type Distribution,
  type Family,
  logProbOf,
  partsOf,
} from '../program/distributions/distribution.ts';
import { FAMILIES } from '../program/distributions/index.ts';
import { ProgramFault } from '../program/fault.ts';
import { createLibrary } from '../program/library/index.ts';
import { givenParameters, samplerName } from '../program/library/probability.ts';
import type { Handler } from '../program/runtime.ts';
import type { ProgramHost } from './host.ts';
import { explainFault, PROGRAM_LABEL, type RunningProgram } from './runningProgram.ts';
import { createTape, isNode, plain, plainDeep, type Tape, type TapeNode } from './tape.ts';
import type { Choice, Trace } from './trace.ts';
import type { Place, PlaceTracer } from './tracer.ts';

const STOP = { reason: 'stopped' };
const GONE = { reason: 'another structure' };
const CHOICE_SITE = -1;
const STEP = 1e-5;

/** x as a function of an unbounded q, dx/dq, log |dx/dq| and its derivative. */
export type Scale = {
  readonly toValue: (q: number) => {
    readonly x: number;
    readonly slope: number;
    readonly logJacobian: number;
    readonly jacobianSlope: number;
  };
  readonly fromValue: (x: number) => number;
};

const REAL: Scale = { toValue: (q) => ({ x: q, slope: 1, logJacobian: 0, jacobianSlope: 0 }), fromValue: (x) => x };

/** The scale of values between the bounds. */
export function scaleOf([low, high]: readonly [number, number]): Scale {
  if (low === Number.NEGATIVE_INFINITY) return REAL;
  if (high === Number.POSITIVE_INFINITY)
    return {
      toValue: (q) => ({ x: low + Math.exp(q), slope: Math.exp(q), logJacobian: q, jacobianSlope: 1 }),
      fromValue: (x) => Math.log(x - low),
    };
  const width = high - low;
  return {
    toValue: (q) => {
      const s = 1 / (1 + Math.exp(-q));
      const slope = width * s * (1 - s);
      return { x: low + width * s, slope, logJacobian: Math.log(slope), jacobianSlope: 1 - 2 * s };
    },
    fromValue: (x) => Math.log((x - low) / (high - x)),
  };
}

/** Whether hmc moves this choice. */
export const isMoved = ({ distribution, value }: Choice): boolean => {
  const { family } = partsOf(distribution);
  return (
    family.isContinuous && typeof value === 'number' && family.bounds !== undefined && family.gradient !== undefined
  );
};

const boundsOf = (distribution: Distribution): readonly [number, number] => {
  const { family, parameters } = partsOf(distribution);
  return family.bounds?.(parameters) ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
};

/** The position of a trace's moved choices on the unbounded scale. */
export const positionOf = (moved: readonly Choice[]): Float64Array =>
  Float64Array.from(moved, ({ distribution, value }) => scaleOf(boundsOf(distribution)).fromValue(Number(value)));

export type Point = {
  readonly logDensity: number;
  readonly gradient: Float64Array;
  readonly values: readonly number[];
};

/** Plain parameters by name and, for those on the tape, their nodes in the order of the family's names. */
type Lifted = {
  readonly distribution: Distribution;
  readonly nodes: readonly (TapeNode | undefined)[];
  readonly given: Readonly<Record<string, unknown>>;
};

/** The slopes of logProb by each scalar parameter: the family's own, else by central differences. */
function parameterSlopes({ distribution, given, nodes }: Lifted, value: unknown): number[] {
  const { family, parameters } = partsOf(distribution);
  if (typeof value === 'number' && family.gradient) return [...family.gradient(parameters, value).parameters];
  return family.parameterNames.map((name, i) => {
    if (!nodes[i]) return 0;
    const at = (shift: number): number =>
      logProbOf(createDistribution(family, { ...given, [name]: Number(given[name]) + shift }), value);
    return (at(STEP) - at(-STEP)) / (2 * STEP);
  });
}

/** logProb of a value (plain, or a node) as a number that may be on the tape. */
function liftedLogProb(tape: Tape, lifted: Lifted, value: unknown): unknown {
  const { family, parameters } = partsOf(lifted.distribution);
  const x = plainDeep(value);
  const logProb = logProbOf(lifted.distribution, x);
  const parts: TapeNode[] = [];
  const slopes: number[] = [];
  if (isNode(value) && family.gradient) {
    parts.push(value);
    slopes.push(family.gradient(parameters, value.value).value);
  }
  if (lifted.nodes.some((node) => node !== undefined)) {
    const all = parameterSlopes(lifted, x);
    lifted.nodes.forEach((node, i) => {
      if (!node) return;
      parts.push(node);
      slopes.push(all[i]);
    });
  }
  return parts.length > 0 ? tape.node(logProb, parts, slopes) : logProb;
}

type Sampler = (lifted: Lifted) => unknown;

/** The library with numbers on the tape: arithmetic functions, samplers and distributions, factor and observe. */
function liftedFunctions(
  base: Readonly<Record<string, unknown>>,
  tape: Tape,
  sample: Sampler,
  addFactor: (x: unknown) => void,
): Readonly<Record<string, unknown>> {
  const lifts = new WeakMap<object, Lifted>();
  const lift = (family: Family, args: readonly unknown[]): Lifted => {
    const given =
      args.length === 1 && isNode(args[0]) ? { [family.parameterNames[0]]: args[0] } : givenParameters(family, args);
    const plainGiven = plainDeep(given) as Readonly<Record<string, unknown>>;
    return {
      distribution: createDistribution(family, plainGiven),
      nodes: family.parameterNames.map((name) => (isNode(given[name]) ? given[name] : undefined)),
      given: plainGiven,
    };
  };
  const liftOf = (distribution: unknown): Lifted => {
    const known = typeof distribution === 'object' && distribution !== null ? lifts.get(distribution) : undefined;
    if (!known) throw new ProgramFault('hmc: this distribution cannot be differentiated', 'Use method "mh".');
    return known;
  };
  const made = FAMILIES.flatMap((family): [string, unknown][] => [
    [
      family.name,
      (...args: unknown[]) => {
        const lifted = lift(family, args);
        lifts.set(lifted.distribution, lifted);
        return lifted.distribution;
      },
    ],
    [samplerName(family), (...args: unknown[]) => sample(lift(family, args))],
  ]);
  const list = (f: (xs: readonly unknown[]) => unknown) => (xs: unknown) => f(Array.isArray(xs) ? xs : []);
  return {
    ...base,
    ...tape.mathematics,
    ...Object.fromEntries(made),
    sum: list(tape.sum),
    product: list(tape.product),
    mean: list(tape.mean),
    listMean: list(tape.mean),
    '_.sum': list(tape.sum),
    '_.mean': list(tape.mean),
    flip: (p: unknown = 0.5) => sample(lift(FAMILIES[0], [p])),
    sample: (distribution: unknown) => sample(liftOf(distribution)),
    observe: (distribution: unknown, value: unknown) => {
      addFactor(liftedLogProb(tape, liftOf(distribution), value));
      return value;
    },
    factor: addFactor,
  };
}

/** Evaluates the log joint at positions of the choices `moved` of `trace`; undefined where the run is another or has no weight. */
export type Differentiable = (trace: Trace, moved: readonly Choice[], position: Float64Array) => Point | undefined;

/** The differentiable form of `running`'s program, with the same places. Throws UserError for programs with hard conditions. */
export function createDifferentiable(running: RunningProgram, tracer: PlaceTracer, host: ProgramHost): Differentiable {
  const { program, runtime } = running;
  const tape = createTape();
  const code = program.print({ hasAddresses: true, isDifferentiable: true });
  const library = createLibrary(runtime);
  let current:
    | { readonly trace: Trace; readonly position: Float64Array; readonly indices: ReadonlyMap<Place, number> }
    | undefined;
  let total: unknown = 0;
  let factors = 0;
  let leaves: TapeNode[] = [];
  const jacobian = { sum: 0, slopes: new Float64Array(0), outer: new Float64Array(0) };
  const place = (): Place => {
    tracer.enter(CHOICE_SITE);
    const here = tracer.place();
    tracer.leave(undefined);
    return here;
  };
  const sample: Sampler = (lifted) => {
    const here = place();
    const choice = current?.trace.index.get(here);
    if (!current || !choice || partsOf(choice.distribution).family !== partsOf(lifted.distribution).family) throw GONE;
    const index = current.indices.get(here);
    let value: unknown = choice.value;
    if (index !== undefined) {
      const { x, slope, logJacobian, jacobianSlope } = scaleOf(boundsOf(lifted.distribution)).toValue(
        current.position[index],
      );
      const leaf = tape.leaf(x);
      leaves[index] = leaf;
      jacobian.sum += logJacobian;
      jacobian.slopes[index] = jacobianSlope;
      jacobian.outer[index] = slope;
      value = leaf;
    }
    total = tape.add(total, liftedLogProb(tape, lifted, value));
    return value;
  };
  const addFactor = (x: unknown): void => {
    total = tape.add(total, x);
    if (++factors >= (current?.trace.factors ?? 0)) throw STOP;
  };
  const handler: Handler = {
    isDirect: false,
    sample: (distribution) => sample({ distribution, nodes: [], given: {} }),
    factor: addFactor,
  };
  const functions = liftedFunctions(library.functions, tape, sample, addFactor);
  const factory = host.load(code.text, PROGRAM_LABEL) as (...parts: unknown[]) => () => unknown;
  const body = factory(functions, library.methods, library.operators, tracer, tape);
  return (trace, moved, position) => {
    tape.clear();
    current = { trace, position, indices: new Map(moved.map((choice, i) => [choice.place, i])) };
    total = 0;
    factors = 0;
    leaves = [];
    jacobian.sum = 0;
    jacobian.slopes = new Float64Array(position.length);
    jacobian.outer = new Float64Array(position.length);
    running.begin();
    tracer.begin();
    runtime.handler = handler;
    try {
      body();
    } catch (error) {
      if (error === GONE) return undefined;
      // A choice out of its parameters' range along the way is a point without weight, not a fault of the program.
      if (error !== STOP) {
        if (error instanceof ProgramFault && !error.message.startsWith('hmc')) return undefined;
        throw explainFault(program, code, error);
      }
    }
    const logDensity = Number(plain(total)) + jacobian.sum;
    if (!Number.isFinite(logDensity) || leaves.length !== position.length) return undefined;
    if (isNode(total)) tape.backward(total);
    const gradient = Float64Array.from(
      position,
      (_, i) => (leaves[i]?.adjoint ?? 0) * jacobian.outer[i] + jacobian.slopes[i],
    );
    return { logDensity, gradient, values: leaves.map((leaf) => leaf.value) };
  };
}

/** Throws where the program has a hard condition: its edge has no gradient. */
export function refuseHardConditions(running: RunningProgram): void {
  const { program } = running;
  if (program.conditionAt === undefined) return;
  throw new UserError('infer: hmc needs soft evidence, but this program has a hard condition', {
    hint: 'Use factor(-Math.log(1 + Math.exp(-difference / temperature))), or method "mh" or "smc".',
    location: program.placeOf(program.conditionAt),
  });
}
