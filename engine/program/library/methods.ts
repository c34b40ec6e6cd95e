/** Methods of arrays, text and distributions that change nothing: `xs.map(f)` is compiled to a call of these, never to a look-up on a prototype. */
import { describe, LimitReached, ProgramFault } from '../fault.ts';
import { burn, LIMITS, type Runtime, store } from '../runtime.ts';
import { functionOf } from './arrays.ts';

type Method = (target: unknown, ...args: unknown[]) => unknown;

const refuseMethod = (name: string, target: unknown): ProgramFault =>
  new ProgramFault(`${describe(target)} has no method ${name}`);

/** Text methods that take and give numbers and text only. */
const TEXT_METHODS = [
  'charAt',
  'charCodeAt',
  'at',
  'indexOf',
  'lastIndexOf',
  'includes',
  'startsWith',
  'endsWith',
  'slice',
  'substring',
  'toLowerCase',
  'toUpperCase',
  'trim',
  'split',
  'concat',
] as const;

/** What each array method does, given checked arguments. */
function arrayMethods(
  spend: (n: number) => void,
): Readonly<Record<string, (xs: readonly unknown[], ...args: unknown[]) => unknown>> {
  const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
  return {
    map: (xs, f) => xs.map((x, i) => functionOf(f, 'map')(x, i)),
    filter: (xs, f) => xs.filter((x, i) => functionOf(f, 'filter')(x, i)),
    forEach: (xs, f) => {
      for (let i = 0; i < xs.length; i++) functionOf(f, 'forEach')(xs[i], i);
    },
    every: (xs, f) => xs.every((x, i) => functionOf(f, 'every')(x, i)),
    some: (xs, f) => xs.some((x, i) => functionOf(f, 'some')(x, i)),
    find: (xs, f) => xs.find((x, i) => functionOf(f, 'find')(x, i)),
    findIndex: (xs, f) => xs.findIndex((x, i) => functionOf(f, 'findIndex')(x, i)),
    flatMap: (xs, f) => xs.flatMap((x, i) => functionOf(f, 'flatMap')(x, i)),
    reduce: (xs, f, ...init) => {
      const fn = functionOf(f, 'reduce');
      if (init.length === 0 && xs.length === 0)
        throw new ProgramFault('reduce of an empty array without a start value');
      return init.length > 0
        ? xs.reduce((total, x, i) => fn(total, x, i), init[0])
        : xs.reduce((total, x, i) => fn(total, x, i));
    },
    concat: (xs, ...parts) => {
      spend(parts.reduce<number>((total, part) => total + (Array.isArray(part) ? part.length : 1), 0));
      return xs.concat(...parts);
    },
    slice: (xs, from, to) => xs.slice(number(from), number(to)),
    indexOf: (xs, value) => xs.indexOf(value),
    lastIndexOf: (xs, value) => xs.lastIndexOf(value),
    includes: (xs, value) => xs.includes(value),
    at: (xs, i) => xs.at(number(i) ?? 0),
    flat: (xs) => xs.flat(),
    join: (xs, separator) => {
      if (xs.some((x) => typeof x === 'object' && x !== null))
        throw new ProgramFault('join needs an array of text or numbers');
      const text = xs.join(typeof separator === 'string' ? separator : ',');
      spend(text.length);
      return text;
    },
    keys: (xs) => xs.map((_, i) => i),
  };
}

/** The methods by name, each taking what it is called on first; for one runtime. */
export function createMethods(
  runtime: Runtime,
  onDistribution: Readonly<Record<string, Method>>,
): ReadonlyMap<string, Method> {
  const spend = (n: number): void => {
    burn(runtime, n);
    store(runtime, n);
  };
  const ofArrays = arrayMethods(spend);
  const callText = (name: (typeof TEXT_METHODS)[number], text: string, args: readonly unknown[]): unknown => {
    for (const arg of args)
      if (typeof arg !== 'string' && typeof arg !== 'number' && arg !== undefined)
        throw new ProgramFault(`${name} needs text or numbers, received ${describe(arg)}`);
    spend(text.length + 1);
    // The method is one of the list above and its arguments are primitives.
    const result: unknown = Reflect.apply(String.prototype[name], text, args);
    if (typeof result === 'string' && result.length > LIMITS.stringLength)
      throw new LimitReached(`a string of ${result.length} characters; at most ${LIMITS.stringLength} are allowed`);
    return result;
  };
  const methods = new Map<string, Method>();
  const isTextMethod = (name: string): name is (typeof TEXT_METHODS)[number] =>
    TEXT_METHODS.some((known) => known === name);
  for (const name of new Set([...Object.keys(ofArrays), ...TEXT_METHODS, ...Object.keys(onDistribution)])) {
    const onArray = Object.hasOwn(ofArrays, name) ? ofArrays[name] : undefined;
    const textName = isTextMethod(name) ? name : undefined;
    const other = Object.hasOwn(onDistribution, name) ? onDistribution[name] : undefined;
    methods.set(name, (target, ...args) => {
      if (Array.isArray(target) && onArray) {
        spend(target.length + 1);
        return onArray(target, ...args);
      }
      if (typeof target === 'string' && textName) return callText(textName, target, args);
      return callOwn(name, target, args, other);
    });
  }
  return methods;
}

/** A function an object of the program holds under `name`, else `other` (a distribution's method). */
function callOwn(name: string, target: unknown, args: readonly unknown[], other: Method | undefined): unknown {
  if (typeof target === 'object' && target !== null && !Array.isArray(target)) {
    if (Object.hasOwn(target, name))
      return functionOf((target as Readonly<Record<string, unknown>>)[name], `.${name}(…)`)(...args);
    if (other) return other(target, ...args);
  }
  throw refuseMethod(name, target);
}

const MUTATING: Readonly<Record<string, string>> = {
  push: 'Use xs.concat([x]).',
  pop: 'Use most(xs) and last(xs).',
  shift: 'Use rest(xs) and first(xs).',
  unshift: 'Use cons(x, xs).',
  sort: 'Use sort(xs) or sortOn(xs, key).',
  reverse: 'Use sortOn(xs, key) or mapIndexed.',
  splice: 'Use xs.slice(…).concat(…).',
  fill: 'Use repeat(n, f).',
};

/** A call of a method that is not listed: an object's own function, or an error with the nearest that would do. */
export function callField(name: string, target: unknown, args: readonly unknown[]): unknown {
  if (typeof target === 'object' && target !== null && !Array.isArray(target) && Object.hasOwn(target, name))
    return callOwn(name, target, args, undefined);
  if (target === undefined || target === null) throw new ProgramFault(`cannot call .${name} of ${describe(target)}`);
  throw new ProgramFault(
    `${describe(target)} has no method ${name}`,
    Object.hasOwn(MUTATING, name) ? MUTATING[name] : undefined,
  );
}
