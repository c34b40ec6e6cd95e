/** `Math.*` without randomness, the checks on numbers, and number ↔ text. */
import { describe, ProgramFault } from '../fault.ts';

const NAMES = [
  'abs',
  'acos',
  'acosh',
  'asin',
  'asinh',
  'atan',
  'atan2',
  'atanh',
  'cbrt',
  'ceil',
  'clz32',
  'cos',
  'cosh',
  'exp',
  'expm1',
  'floor',
  'fround',
  'hypot',
  'imul',
  'log',
  'log10',
  'log1p',
  'log2',
  'max',
  'min',
  'pow',
  'round',
  'sign',
  'sin',
  'sinh',
  'sqrt',
  'tan',
  'tanh',
  'trunc',
] as const;
const CONSTANTS = ['E', 'LN10', 'LN2', 'LOG10E', 'LOG2E', 'PI', 'SQRT1_2', 'SQRT2'] as const;

const KNOWN: ReadonlyMap<unknown, string> = new Map([...NAMES.map((name): [unknown, string] => [Math[name], name])]);

/** The name of a function of `Math`, for the differentiation of programs. */
export const mathNameOf = (f: unknown): string | undefined => KNOWN.get(f);

function numericText(value: unknown, wanted: string): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new ProgramFault(`${wanted} needs text or a number, received ${describe(value)}`);
}

/** The functions and constants by name. */
export function createMathematics(): Readonly<Record<string, unknown>> {
  return {
    ...Object.fromEntries(NAMES.map((name) => [`Math.${name}`, Math[name]])),
    ...Object.fromEntries(CONSTANTS.map((name) => [`Math.${name}`, Math[name]])),
    isNaN: (value: unknown) => typeof value !== 'number' || Number.isNaN(value),
    isFinite: (value: unknown) => typeof value === 'number' && Number.isFinite(value),
    parseFloat: (value: unknown) => Number.parseFloat(numericText(value, 'parseFloat')),
    parseInt: (value: unknown, base?: unknown) =>
      Number.parseInt(numericText(value, 'parseInt'), typeof base === 'number' ? base : 10),
    Number: (value: unknown) => (typeof value === 'object' || typeof value === 'function' ? Number.NaN : Number(value)),
    String: (value: unknown) =>
      typeof value === 'object' || typeof value === 'function' ? describe(value) : String(value),
    Boolean: (value: unknown) => Boolean(value),
    'Number.isInteger': (value: unknown) => Number.isInteger(value),
    'Number.isFinite': (value: unknown) => Number.isFinite(value),
    'Number.isNaN': (value: unknown) => Number.isNaN(value),
    sigmoid: (x: unknown) => 1 / (1 + Math.exp(-Number(x))),
    Vector: (values: unknown) => values,
    Matrix: (values: unknown) => values,
  };
}
