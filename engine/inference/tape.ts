/**
 * Reverse-mode differentiation of programs: numbers that depend on a position are nodes on a tape; arithmetic of the differentiable form of a program
 * goes through these functions. A comparison or a test sees the plain value. **Source:** A. Griewank, A. Walther, Evaluating derivatives (2008), ch. 3.
 */
import { ProgramFault } from '../program/fault.ts';

const NODE: unique symbol = Symbol('node');

/** A number on the tape: its value, what it was made of, and the derivative by each part. */
export type TapeNode = {
  readonly [NODE]: true;
  readonly value: number;
  readonly parts: readonly TapeNode[];
  readonly slopes: readonly number[];
  adjoint: number;
};

export const isNode = (x: unknown): x is TapeNode => typeof x === 'object' && x !== null && NODE in x;

/** The plain value of a number that may be on the tape; anything else as it is. */
export const plain = (x: unknown): unknown => (isNode(x) ? x.value : x);

/** The plain value of `x`, with nodes inside lists and records made plain too. */
export function plainDeep(x: unknown): unknown {
  if (isNode(x)) return x.value;
  if (Array.isArray(x)) return x.map(plainDeep);
  if (typeof x === 'object' && x !== null && Object.getOwnPropertySymbols(x).length === 0)
    return Object.fromEntries(Object.entries(x).map(([name, field]) => [name, plainDeep(field)]));
  return x;
}

function numberOf(x: unknown): number {
  const value = plain(x);
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  throw new ProgramFault('hmc: arithmetic on what is no number');
}

type Slope = (x: number, y: number) => number;

/** Value and derivative of the functions of one number. */
const UNARY: Readonly<Record<string, readonly [(x: number) => number, Slope]>> = {
  abs: [Math.abs, (x) => Math.sign(x)],
  acos: [Math.acos, (x) => -1 / Math.sqrt(1 - x * x)],
  asin: [Math.asin, (x) => 1 / Math.sqrt(1 - x * x)],
  atan: [Math.atan, (x) => 1 / (1 + x * x)],
  cbrt: [Math.cbrt, (x, y) => y / (3 * x)],
  cos: [Math.cos, (x) => -Math.sin(x)],
  cosh: [Math.cosh, (x) => Math.sinh(x)],
  exp: [Math.exp, (_, y) => y],
  expm1: [Math.expm1, (_, y) => y + 1],
  log: [Math.log, (x) => 1 / x],
  log10: [Math.log10, (x) => 1 / (x * Math.LN10)],
  log1p: [Math.log1p, (x) => 1 / (1 + x)],
  log2: [Math.log2, (x) => 1 / (x * Math.LN2)],
  sin: [Math.sin, (x) => Math.cos(x)],
  sinh: [Math.sinh, (x) => Math.cosh(x)],
  sqrt: [Math.sqrt, (_, y) => 1 / (2 * y)],
  tan: [Math.tan, (_, y) => 1 + y * y],
  tanh: [Math.tanh, (_, y) => 1 - y * y],
};
/** Functions whose derivative is 0 nearly everywhere. */
const STEPS = ['ceil', 'floor', 'round', 'sign', 'trunc'] as const;

export type Tape = ReturnType<typeof createTape>;

/** An empty tape. */
export function createTape() {
  let nodes: TapeNode[] = [];
  const node = (value: number, parts: readonly TapeNode[], slopes: readonly number[]): TapeNode => {
    const made: TapeNode = { [NODE]: true, value, parts, slopes, adjoint: 0 };
    nodes.push(made);
    return made;
  };
  /** A result of `a` and `b` with its slopes by each, on the tape if one of them is. */
  const combined = (value: number, a: unknown, slopeA: number, b: unknown, slopeB: number): unknown => {
    if (isNode(a)) return isNode(b) ? node(value, [a, b], [slopeA, slopeB]) : node(value, [a], [slopeA]);
    return isNode(b) ? node(value, [b], [slopeB]) : value;
  };
  const binary =
    (f: (x: number, y: number) => number, slopes: (x: number, y: number, z: number) => readonly [number, number]) =>
    (a: unknown, b: unknown): unknown => {
      const [x, y] = [numberOf(a), numberOf(b)];
      const z = f(x, y);
      const [slopeA, slopeB] = slopes(x, y, z);
      return combined(z, a, slopeA, b, slopeB);
    };
  const addNumbers = binary(
    (x, y) => x + y,
    () => [1, 1],
  );
  const mul = binary(
    (x, y) => x * y,
    (x, y) => [y, x],
  );
  const div = binary(
    (x, y) => x / y,
    (x, y) => [1 / y, -x / (y * y)],
  );
  const pow = binary(
    (x, y) => x ** y,
    (x, y, z) => [y === 0 ? 0 : y * x ** (y - 1), x > 0 ? z * Math.log(x) : 0],
  );
  const extreme =
    (isBetter: (x: number, y: number) => boolean, worst: number) =>
    (...xs: unknown[]): unknown =>
      xs.reduce((best, x) => (isBetter(numberOf(x), numberOf(best)) ? x : best), worst);
  const unary =
    ([f, slope]: readonly [(x: number) => number, Slope]) =>
    (a: unknown): unknown => {
      const x = numberOf(a);
      const y = f(x);
      return isNode(a) ? node(y, [a], [slope(x, y)]) : y;
    };
  const sum = (xs: readonly unknown[]): unknown => xs.reduce((total, x) => addNumbers(total, x), 0);
  return {
    /** A new independent number. */
    leaf: (value: number): TapeNode => node(value, [], []),
    node,
    value: plain,
    add: (a: unknown, b: unknown): unknown =>
      typeof plain(a) === 'string' || typeof plain(b) === 'string' ? `${plain(a)}${plain(b)}` : addNumbers(a, b),
    sub: binary(
      (x, y) => x - y,
      () => [1, -1],
    ),
    mul,
    div,
    pow,
    sum,
    product: (xs: readonly unknown[]): unknown => xs.reduce((total, x) => mul(total, x), 1),
    mean: (xs: readonly unknown[]): unknown => div(sum(xs), xs.length),
    /** `Math.*` on numbers that may be on the tape, under their library names. */
    mathematics: {
      ...Object.fromEntries(Object.entries(UNARY).map(([name, f]) => [`Math.${name}`, unary(f)])),
      ...Object.fromEntries(STEPS.map((name) => [`Math.${name}`, (x: unknown) => Math[name](numberOf(x))])),
      'Math.max': extreme((x, y) => x > y, Number.NEGATIVE_INFINITY),
      'Math.min': extreme((x, y) => x < y, Number.POSITIVE_INFINITY),
      'Math.pow': pow,
      sigmoid: unary([(x) => 1 / (1 + Math.exp(-x)), (_, y) => y * (1 - y)]),
    } as Readonly<Record<string, unknown>>,
    clear: (): void => {
      nodes = [];
    },
    /** Sets the adjoint of every node: the derivative of `result` by it. */
    backward: (result: TapeNode): void => {
      for (const each of nodes) each.adjoint = 0;
      result.adjoint = 1;
      for (let i = nodes.length - 1; i >= 0; i--) {
        const { adjoint, parts, slopes } = nodes[i];
        if (adjoint === 0) continue;
        for (let k = 0; k < parts.length; k++) parts[k].adjoint += adjoint * slopes[k];
      }
    },
  };
}
