/** Functions on objects and the commonly used lodash functions, under their WebPPL names. */
import { describe, ProgramFault } from '../fault.ts';
import { isAllowedProperty } from '../names.ts';
import { burn, type Runtime, store } from '../runtime.ts';
import { createKeyMaker } from '../valueKey.ts';
import { arrayOf, functionOf } from './arrays.ts';

type Fields = Readonly<Record<string, unknown>>;

function objectOf(value: unknown, wanted: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new ProgramFault(`${wanted} needs an object, received ${describe(value)}`);
}

function nameOf(value: unknown): string {
  const name = String(typeof value === 'string' || typeof value === 'number' ? value : describe(value));
  if (!isAllowedProperty(name)) throw new ProgramFault(`the property name "${name.slice(0, 60)}" is not allowed`);
  return name;
}

/** The functions by name, for one runtime. */
export function createObjectFunctions(runtime: Runtime) {
  const keyOf = createKeyMaker();
  const spend = (n: number): void => {
    burn(runtime, n);
    store(runtime, n);
  };
  const made = (entries: readonly (readonly [string, unknown])[]): Fields => {
    spend(entries.length + 1);
    return Object.fromEntries(entries);
  };
  const entriesOf = (value: unknown, wanted: string): [string, unknown][] => Object.entries(objectOf(value, wanted));
  const chosen = (names: readonly unknown[]): Set<string> => new Set(names.flat().map(nameOf));
  const unique = (values: readonly unknown[], by: (value: unknown) => unknown): unknown[] => {
    const seen = new Set<string>();
    return values.filter((value) => {
      const key = keyOf(by(value));
      return !seen.has(key) && seen.add(key);
    });
  };
  /** lodash's shorthand: a property name in place of a function. */
  const iteratee = (f: unknown, wanted: string): ((...args: unknown[]) => unknown) => {
    if (typeof f !== 'string') return functionOf(f, wanted);
    const name = nameOf(f);
    return (value) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Fields)[name] : undefined;
  };
  const extreme = (
    values: unknown,
    wanted: string,
    isBetter: (a: number, b: number) => boolean,
    by: (value: unknown) => unknown,
  ): unknown => {
    let best: unknown;
    let bestKey: unknown;
    for (const value of arrayOf(values, wanted)) {
      burn(runtime, 1);
      const key = by(value);
      if (bestKey === undefined || isBetter(key as number, bestKey as number)) [best, bestKey] = [value, key];
    }
    return best;
  };
  const isLess = (a: number, b: number): boolean => a < b;
  const isMore = (a: number, b: number): boolean => a > b;
  const summed = (values: unknown, by: (value: unknown) => unknown): number =>
    arrayOf(values, '_.sum').reduce<number>((total, value) => {
      burn(runtime, 1);
      return total + Number(by(value));
    }, 0);
  const same = (value: unknown): unknown => value;
  const extend = (...parts: unknown[]): Fields =>
    made(parts.flatMap((part) => (part === undefined ? [] : entriesOf(part, 'extend'))));
  const listed = (value: unknown, wanted: string): readonly unknown[] =>
    Array.isArray(value) ? value : Object.values(objectOf(value, wanted));
  return {
    extend,
    mapObject: (f: unknown, value: unknown) => {
      const fn = functionOf(f, 'mapObject');
      return made(entriesOf(value, 'mapObject').map(([name, entry]) => [name, fn(name, entry)]));
    },
    '_.keys': (value: unknown) =>
      Array.isArray(value) ? Array.from(value, (_, i) => String(i)) : entriesOf(value, '_.keys').map(([name]) => name),
    '_.values': (value: unknown) => [...listed(value, '_.values')],
    '_.toPairs': (value: unknown) => entriesOf(value, '_.toPairs').map(([name, entry]) => [name, entry]),
    '_.fromPairs': (pairs: unknown) =>
      made(
        arrayOf(pairs, '_.fromPairs').map((pair) => {
          const [name, value] = arrayOf(pair, '_.fromPairs');
          return [nameOf(name), value];
        }),
      ),
    '_.zipObject': (names: unknown, values: unknown) => {
      const xs = arrayOf(values, '_.zipObject');
      return made(arrayOf(names, '_.zipObject').map((name, i) => [nameOf(name), xs[i]]));
    },
    '_.pick': (value: unknown, ...names: unknown[]) =>
      made(entriesOf(value, '_.pick').filter(([name]) => chosen(names).has(name))),
    '_.omit': (value: unknown, ...names: unknown[]) =>
      made(entriesOf(value, '_.omit').filter(([name]) => !chosen(names).has(name))),
    '_.assign': extend,
    '_.extend': extend,
    '_.merge': extend,
    '_.has': (value: unknown, name: unknown) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, nameOf(name)),
    '_.mapValues': (value: unknown, f: unknown) =>
      made(entriesOf(value, '_.mapValues').map(([name, entry]) => [name, iteratee(f, '_.mapValues')(entry, name)])),
    '_.map': (values: unknown, f: unknown) => {
      const fn = iteratee(f, '_.map');
      const xs = listed(values, '_.map');
      spend(xs.length + 1);
      return xs.map((value, i) => fn(value, i));
    },
    '_.filter': (values: unknown, f: unknown) => {
      const fn = iteratee(f, '_.filter');
      const xs = listed(values, '_.filter');
      spend(xs.length + 1);
      return xs.filter((value, i) => fn(value, i));
    },
    '_.includes': (values: unknown, wanted: unknown) => {
      if (typeof values === 'string') return values.includes(String(wanted));
      burn(runtime, 1);
      return listed(values, '_.includes').includes(wanted);
    },
    '_.indexOf': (values: unknown, wanted: unknown) => arrayOf(values, '_.indexOf').indexOf(wanted),
    '_.find': (values: unknown, f: unknown) => arrayOf(values, '_.find').find((value) => iteratee(f, '_.find')(value)),
    '_.findIndex': (values: unknown, f: unknown) =>
      arrayOf(values, '_.findIndex').findIndex((value) => iteratee(f, '_.findIndex')(value)),
    '_.some': (values: unknown, f: unknown) => arrayOf(values, '_.some').some((value) => iteratee(f, '_.some')(value)),
    '_.every': (values: unknown, f: unknown) =>
      arrayOf(values, '_.every').every((value) => iteratee(f, '_.every')(value)),
    '_.countBy': (values: unknown, f?: unknown) => {
      const fn = f === undefined ? same : iteratee(f, '_.countBy');
      const counts = new Map<string, number>();
      for (const value of arrayOf(values, '_.countBy')) {
        const name = nameOf(String(fn(value)));
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      return made([...counts]);
    },
    '_.sum': (values: unknown) => summed(values, same),
    '_.sumBy': (values: unknown, f: unknown) => summed(values, iteratee(f, '_.sumBy')),
    '_.mean': (values: unknown) => summed(values, same) / arrayOf(values, '_.mean').length,
    '_.meanBy': (values: unknown, f: unknown) =>
      summed(values, iteratee(f, '_.meanBy')) / arrayOf(values, '_.meanBy').length,
    '_.max': (values: unknown) => extreme(values, '_.max', isMore, same),
    '_.min': (values: unknown) => extreme(values, '_.min', isLess, same),
    '_.maxBy': (values: unknown, f: unknown) => extreme(values, '_.maxBy', isMore, iteratee(f, '_.maxBy')),
    '_.minBy': (values: unknown, f: unknown) => extreme(values, '_.minBy', isLess, iteratee(f, '_.minBy')),
    '_.sortBy': (values: unknown, f?: unknown) => {
      const fn = f === undefined ? same : iteratee(f, '_.sortBy');
      const keyed = arrayOf(values, '_.sortBy').map((value) => ({ value, key: fn(value) as number }));
      spend(keyed.length * Math.ceil(Math.log2(keyed.length + 2)));
      return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ value }) => value);
    },
    '_.uniq': (values: unknown) => unique(arrayOf(values, '_.uniq'), same),
    '_.uniqBy': (values: unknown, f: unknown) => unique(arrayOf(values, '_.uniqBy'), iteratee(f, '_.uniqBy')),
    '_.union': (...lists: unknown[]) =>
      unique(
        lists.flatMap((list) => [...arrayOf(list, '_.union')]),
        same,
      ),
    '_.intersection': (a: unknown, b: unknown) => {
      const keys = new Set(arrayOf(b, '_.intersection').map(keyOf));
      return unique(
        arrayOf(a, '_.intersection').filter((value) => keys.has(keyOf(value))),
        same,
      );
    },
    '_.difference': (a: unknown, b: unknown) => {
      const keys = new Set(arrayOf(b, '_.difference').map(keyOf));
      return arrayOf(a, '_.difference').filter((value) => !keys.has(keyOf(value)));
    },
    '_.without': (values: unknown, ...unwanted: unknown[]) =>
      arrayOf(values, '_.without').filter((value) => !unwanted.includes(value)),
    '_.zip': (...lists: unknown[]) => {
      const xs = lists.map((list) => arrayOf(list, '_.zip'));
      const length = Math.max(0, ...xs.map((list) => list.length));
      spend(length * xs.length + 1);
      return Array.from({ length }, (_, i) => xs.map((list) => list[i]));
    },
    '_.head': (values: unknown) => arrayOf(values, '_.head')[0],
    '_.first': (values: unknown) => arrayOf(values, '_.first')[0],
    '_.last': (values: unknown) => arrayOf(values, '_.last').at(-1),
    '_.size': (value: unknown) => (typeof value === 'string' ? value.length : listed(value, '_.size').length),
    '_.isEqual': (a: unknown, b: unknown) => keyOf(a) === keyOf(b),
    '_.isEmpty': (value: unknown) =>
      (typeof value === 'string' ? value.length : listed(value, '_.isEmpty').length) === 0,
    '_.isUndefined': (value: unknown) => value === undefined,
    '_.isNumber': (value: unknown) => typeof value === 'number',
    '_.isString': (value: unknown) => typeof value === 'string',
    '_.isFunction': (value: unknown) => typeof value === 'function',
    '_.isArray': (value: unknown) => Array.isArray(value),
    '_.identity': same,
    '_.clamp': (value: unknown, low: unknown, high: unknown) =>
      Math.min(Number(high), Math.max(Number(low), Number(value))),
    '_.round': (value: unknown, digits?: unknown) => {
      const scale = 10 ** Number(digits ?? 0);
      return Math.round(Number(value) * scale) / scale;
    },
  };
}
