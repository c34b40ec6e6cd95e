/**
 * Reverse-mode differentiation of programs: numbers that depend on a position are nodes on a tape; arithmetic of the differentiable form of a program
 * goes through these functions. A comparison or a test sees the plain value. **Source:** A. Griewank, A. Walther, Evaluating derivatives (2008), ch. 3.
 */
import { ProgramFault } from '../program/fault.ts';

const NODE: unique symbol = Symbol('node');

/** A number on the tape: its value, up to two numbers it was made of, and the derivative by each. */
export type TapeNode = {
  readonly [NODE]: true;
  readonly value: number;
  readonly first: TapeNode | undefined;
  readonly firstSlope: number;
  readonly second: TapeNode | undefined;
  readonly secondSlope: number;
  adjoint: number;
};

export const isNode = (x: unknown): x is TapeNode => typeof x === 'object' && x !== null && NODE in x;

/** The plain value of a number that may be on the tape; anything else as it is. */
export const plain = (x: unknown): unknown => (isNode(x) ? x.value : x);

/** The plain value of `x`, with nodes inside lists and records made plain too. */
export function plainDeep(x: unknown): unknown {
  if (typeof x !== 'object' || x === null) return x;
  if (isNode(x)) return x.value;
  if (Array.isArray(x)) return x.map(plainDeep);
  if (Object.getOwnPropertySymbols(x).length > 0) return x;
  const result: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(x)) result[name] = plainDeep(field);
  return result;
}

function numberOf(x: unknown): number {
  if (typeof x === 'number') return x;
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
  const nodes: TapeNode[] = [];
  const made = (value: number, a?: TapeNode, slopeA = 0, b?: TapeNode, slopeB = 0): TapeNode => {
    const node: TapeNode = {
      [NODE]: true,
      value,
      first: a,
      firstSlope: slopeA,
      second: b,
      secondSlope: slopeB,
      adjoint: 0,
    };
    nodes.push(node);
    return node;
  };
  /** A number made of any number of parts: all but the last hang under numbers of their own, whose values do not count. */
  const node = (value: number, parts: readonly TapeNode[], slopes: readonly number[]): TapeNode => {
    let rest: TapeNode | undefined;
    for (let i = 0; i < parts.length - 1; i++) rest = made(0, parts[i], slopes[i], rest, 1);
    const last = parts.length - 1;
    return made(value, parts[last], slopes[last], rest, 1);
  };
  /** A result of `a` and `b` with its slopes by each, on the tape if one of them is. */
  const combined = (value: number, a: unknown, slopeA: number, b: unknown, slopeB: number): unknown => {
    if (isNode(a)) return isNode(b) ? made(value, a, slopeA, b, slopeB) : made(value, a, slopeA);
    return isNode(b) ? made(value, b, slopeB) : value;
  };
  type Binary = (a: unknown, b: unknown) => unknown;
  const add: Binary = (a, b) => combined(numberOf(a) + numberOf(b), a, 1, b, 1);
  const sub: Binary = (a, b) => combined(numberOf(a) - numberOf(b), a, 1, b, -1);
  const mul: Binary = (a, b) => {
    const [x, y] = [numberOf(a), numberOf(b)];
    return combined(x * y, a, y, b, x);
  };
  const div: Binary = (a, b) => {
    const [x, y] = [numberOf(a), numberOf(b)];
    return combined(x / y, a, 1 / y, b, -x / (y * y));
  };
  const pow: Binary = (a, b) => {
    const [x, y] = [numberOf(a), numberOf(b)];
    const z = x ** y;
    return combined(z, a, y === 0 ? 0 : y * x ** (y - 1), b, x > 0 ? z * Math.log(x) : 0);
  };
  const extreme =
    (isBetter: (x: number, y: number) => boolean, worst: number) =>
    (...xs: unknown[]): unknown =>
      xs.reduce((best, x) => (isBetter(numberOf(x), numberOf(best)) ? x : best), worst);
  const unary =
    ([f, slope]: readonly [(x: number) => number, Slope]) =>
    (a: unknown): unknown => {
      const x = numberOf(a);
      const y = f(x);
      return isNode(a) ? made(y, a, slope(x, y)) : y;
    };
  const sum = (xs: readonly unknown[]): unknown => xs.reduce((total, x) => add(total, x), 0);
  return {
    /** A new independent number. */
    leaf: (value: number): TapeNode => made(value),
    node,
    value: plain,
    add: (a: unknown, b: unknown): unknown => {
      if (typeof a === 'number' && typeof b === 'number') return a + b;
      return typeof plain(a) === 'string' || typeof plain(b) === 'string' ? `${plain(a)}${plain(b)}` : add(a, b);
    },
    sub,
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
      nodes.length = 0;
    },
    /** Sets the adjoint of every node, once: the derivative of `result` by it. */
    backward: (result: TapeNode): void => {
      result.adjoint = 1;
      for (let i = nodes.length - 1; i >= 0; i--) {
        const { adjoint, first, firstSlope, second, secondSlope } = nodes[i];
        if (adjoint === 0) continue;
        if (first) first.adjoint += adjoint * firstSlope;
        if (second) second.adjoint += adjoint * secondSlope;
      }
    },
  };
}
