/** Specialisation: operators on known values. */
import type { LiteralValue } from '../syntax.ts';
import { checkLength, Unspecialisable } from './values.ts';

const ON_NUMBERS: Readonly<Record<string, (a: number, b: number) => LiteralValue>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '**': (a, b) => a ** b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '<<': (a, b) => a << b,
  '>>': (a, b) => a >> b,
  '>>>': (a, b) => a >>> b,
};

/** A unary operator on a known primitive. */
export function foldUnary(operator: string, value: LiteralValue): LiteralValue {
  if (operator === '!') return !value;
  if (operator === 'typeof') return typeof value;
  return operator === '-' ? -Number(value) : operator === '+' ? Number(value) : ~Number(value);
}

/** A binary operator on known primitives; an Unspecialisable (not thrown) where the run must decide. */
export function foldBinary(operator: string, a: LiteralValue, b: LiteralValue): LiteralValue | Unspecialisable {
  if (operator === '===') return a === b;
  if (operator === '!==') return a !== b;
  if (typeof a === 'number' && typeof b === 'number' && Object.hasOwn(ON_NUMBERS, operator))
    return ON_NUMBERS[operator](a, b);
  if (operator === '+' && (typeof a === 'string' || typeof b === 'string')) {
    const text = String(a) + String(b);
    checkLength(text.length);
    return text;
  }
  if (operator === '==' && typeof a === typeof b) return a === b;
  if (operator === '!=' && typeof a === typeof b) return a !== b;
  return new Unspecialisable(operator);
}
