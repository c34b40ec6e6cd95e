/** Specialisation: functions of functions. Known lists are gone through now; counts become loops, and a sum of a loop needs no list. */

import { callFunction } from './calls.ts';
import { type Emitter, emit, emitBlock, emitSummingLoop, freshName, lift, named, nested, pure } from './emitter.ts';
import { choose, evaluate } from './evaluate.ts';
import {
  type Block,
  type CallExpression,
  checkLength,
  constant,
  type Environment,
  nameOf,
  type Range,
  typeOf,
  Unspecialisable,
  type Value,
} from './values.ts';

/** Counts up to this are gone through one by one, so that what depends on the counter is known. */
const UNROLL_LIMIT = 12;
const LOOP_LIMIT = 100_000;

const NAMES = new Set([
  'map',
  'map2',
  'mapN',
  'mapIndexed',
  'repeat',
  'filter',
  'reduce',
  'sum',
  'product',
  'mean',
  'listMean',
  'all',
  'any',
  'find',
  'zip',
  'first',
  'second',
  'third',
  'fourth',
  'last',
  'secondLast',
  'constF',
  'append',
  'concat',
  'cons',
  'snoc',
  'mapObject',
  '_.sum',
  '_.mean',
]);

export const isHigherOrder = (name: string): boolean => NAMES.has(name);

const itemsOf = (value: Value | undefined): readonly Value[] => {
  if (value?.kind === 'list') return value.items;
  throw new Unspecialisable('a list that is not known');
};

const countOf = (value: Value | undefined): number => {
  if (
    value?.kind === 'constant' &&
    typeof value.value === 'number' &&
    Number.isInteger(value.value) &&
    value.value >= 0 &&
    value.value <= LOOP_LIMIT
  )
    return value.value;
  throw new Unspecialisable('a count that is not known');
};

const listOf = (items: readonly Value[]): Value => {
  checkLength(items.length);
  return { kind: 'list', items };
};

export function callHigherOrder(emitter: Emitter, name: string, args: readonly Value[]): Value {
  const [a, b, c] = args;
  const call = (f: Value, ...values: Value[]): Value => named(emitter, callFunction(emitter, f, values));
  switch (name) {
    case 'map':
      return listOf(itemsOf(b).map((item) => call(a, item)));
    case 'map2':
      return listOf(
        itemsOf(b)
          .slice(0, itemsOf(c).length)
          .map((item, i) => call(a, item, itemsOf(c)[i])),
      );
    case 'mapIndexed':
      return listOf(itemsOf(b).map((item, i) => call(a, constant(i), item)));
    case 'mapN':
      return generate(emitter, countOf(b), (i) => callFunction(emitter, a, [i]));
    case 'repeat':
      return generate(emitter, countOf(a), () => callFunction(emitter, b, []));
    case 'zip':
      return listOf(
        itemsOf(a)
          .slice(0, itemsOf(b).length)
          .map((item, i) => listOf([item, itemsOf(b)[i]])),
      );
    case 'filter':
      return listOf(itemsOf(b).filter((item) => isKnownTrue(call(a, item))));
    case 'reduce':
      return [...itemsOf(c)].reduceRight<Value>((total, item) => call(a, item, total), b);
    case 'all':
      return everyOf(emitter, a, itemsOf(b), 0, true);
    case 'any':
      return everyOf(emitter, a, itemsOf(b), 0, false);
    case 'find':
      return itemsOf(b).find((item) => isKnownTrue(call(a, item))) ?? constant(undefined);
    case 'sum':
    case '_.sum':
      return sumOf(emitter, itemsOf(a), '+', 0);
    case 'product':
      return sumOf(emitter, itemsOf(a), '*', 1);
    case 'mean':
    case 'listMean':
    case '_.mean':
      return meanOf(emitter, itemsOf(a));
    case 'first':
      return itemsOf(a)[0] ?? constant(undefined);
    case 'second':
      return itemsOf(a)[1] ?? constant(undefined);
    case 'third':
      return itemsOf(a)[2] ?? constant(undefined);
    case 'fourth':
      return itemsOf(a)[3] ?? constant(undefined);
    case 'last':
      return itemsOf(a).at(-1) ?? constant(undefined);
    case 'secondLast':
      return itemsOf(a).at(-2) ?? constant(undefined);
    case 'append':
      return listOf([...itemsOf(a), ...itemsOf(b)]);
    case 'cons':
      return listOf([a, ...itemsOf(b)]);
    case 'snoc':
      return listOf([...itemsOf(a), b]);
    default:
      throw new Unspecialisable(name);
  }
}

function isKnownTrue(value: Value): boolean {
  if (value.kind === 'code') throw new Unspecialisable('a choice of elements by a draw');
  return value.kind !== 'constant' || Boolean(value.value);
}

/** all and any, which stop at the first element that decides. */
function everyOf(emitter: Emitter, f: Value, items: readonly Value[], from: number, isAll: boolean): Value {
  if (from === items.length) return constant(isAll);
  const test = named(emitter, callFunction(emitter, f, [items[from]]));
  const rest = (): Value => everyOf(emitter, f, items, from + 1, isAll);
  return isAll ? choose(emitter, test, rest, () => constant(false)) : choose(emitter, test, () => constant(true), rest);
}

/** A number as an operand of a sum: booleans count 1 and 0. */
function addend(emitter: Emitter, value: Value): string {
  if (value.kind === 'constant' && typeof value.value === 'boolean') return value.value ? '1' : '0';
  if (typeOf(value) === 'boolean') return `(${lift(emitter, value)} ? 1 : 0)`;
  if (typeOf(value) !== 'number') throw new Unspecialisable('a sum of what may be no number');
  return lift(emitter, value);
}

function sumOf(emitter: Emitter, items: readonly Value[], operator: '+' | '*', start: number): Value {
  const texts = items.map((item) => addend(emitter, item));
  const text = texts.reduce((total, item) => `(${total} ${operator} ${item})`, String(start));
  return items.length === 0 ? constant(start) : named(emitter, pure(emitter, text, 'number', items));
}

function meanOf(emitter: Emitter, items: readonly Value[]): Value {
  if (items.length === 0) throw new Unspecialisable('mean of nothing');
  return pure(emitter, `(${lift(emitter, sumOf(emitter, items, '+', 0))} / ${items.length})`, 'number', items);
}

/** A loop over 0 … n − 1 around what `body` emits. */
function openLoop(emitter: Emitter, n: number, body: (counter: Value) => void): { open: string; block: Block } {
  // Loops have no fuel of their own: long ones are left to the library, which has.
  if (emitter.iterations * n > LOOP_LIMIT) throw new Unspecialisable('too many rounds');
  emitter.iterations *= n;
  const loop = ++emitter.loops;
  const name = freshName(emitter, 'i');
  const range: Range = { low: 0, high: Math.max(0, n - 1), loop };
  const { block } = nested(emitter, () => body(nameOf(name, 'number', emitter.block, range)), loop);
  emitter.iterations /= n;
  return { open: `for (let ${name} = 0; ${name} < ${n}; ${name}++) {`, block };
}

function generate(emitter: Emitter, n: number, element: (i: Value) => Value): Value {
  if (n <= UNROLL_LIMIT) return listOf(Array.from({ length: n }, (_, i) => named(emitter, element(constant(i)))));
  const name = freshName(emitter, 'x');
  emit(emitter, `const ${name} = [];`);
  const home = emitter.block;
  const { open, block } = openLoop(emitter, n, (i) => {
    const value = element(i);
    emit(emitter, `${name}.push(${lift(emitter, value)});`);
  });
  emitBlock(emitter, open, block, '}');
  return nameOf(name, 'unknown', home);
}

const SUMS: Readonly<Record<string, 'sum' | 'mean'>> = {
  sum: 'sum',
  mean: 'mean',
  listMean: 'mean',
  '_.sum': 'sum',
  '_.mean': 'mean',
};

/** `sum(repeat(n, f))`, `mean(mapN(f, n))` and the like: a loop that adds up. Undefined where the call is another. */
export function fuseLoop(
  emitter: Emitter,
  name: string,
  e: CallExpression,
  environment: Environment,
): Value | undefined {
  const [inner] = e.args;
  if (!Object.hasOwn(SUMS, name) || e.args.length !== 1 || inner.kind !== 'call' || inner.callee.kind !== 'library')
    return undefined;
  const which = inner.callee.name;
  if ((which !== 'repeat' && which !== 'mapN') || inner.args.length !== 2) return undefined;
  const args = inner.args.map((arg) => evaluate(emitter, arg, environment));
  const [f, count] = which === 'repeat' ? [args[1], args[0]] : args;
  const n = countOf(count);
  if (n === 0) return undefined;
  const total = freshName(emitter, 'x');
  const home = emitter.block;
  const { open, block } = openLoop(emitter, n, (i) => {
    const value = callFunction(emitter, f, which === 'repeat' ? [] : [i]);
    emit(emitter, `${total} += ${addend(emitter, value)};`);
  });
  emitSummingLoop(emitter, total, open, block);
  const sum = nameOf(total, 'number', home);
  return SUMS[name] === 'sum' ? sum : { kind: 'code', text: `(${total} / ${n})`, type: 'number', isName: false, home };
}
