/** Functions on arrays, as WebPPL's header defines them. Results are new arrays; arguments stay as they are. */
import { describe, LimitReached, ProgramFault } from '../fault.ts';
import { burn, LIMITS, type Runtime, store } from '../runtime.ts';

type Fn = (...args: unknown[]) => unknown;

/** `value` as an array. Throws ProgramFault naming the function that wanted one. */
export function arrayOf(value: unknown, wanted: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new ProgramFault(`${wanted} needs an array, received ${describe(value)}`);
}

/** `value` as a function. Throws ProgramFault naming the function that wanted one. */
export function functionOf(value: unknown, wanted: string): Fn {
  if (typeof value === 'function') return value as Fn;
  throw new ProgramFault(
    `${wanted} needs a function, received ${describe(value)}`,
    /^(filter|all|any|find|map)/.test(wanted) ? 'The function comes first, then the array.' : undefined,
  );
}

/** `value` as a count. */
export function countOf(value: unknown, wanted: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
    throw new ProgramFault(`${wanted} needs a whole number of at least 0, received ${describe(value)}`);
  if (value > LIMITS.repeatCount)
    throw new LimitReached(`${wanted} was asked for ${value} times; at most ${LIMITS.repeatCount} are allowed`);
  return value;
}

/** Reads numbers, for sum and mean. */
function numberOf(value: unknown, wanted: string): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  throw new ProgramFault(`${wanted} needs numbers, received ${describe(value)}`);
}

const lessThan: Fn = (a, b) => (a as number) < (b as number);

/** Merge sort: ends whatever the comparison says, and keeps the order of what it calls equal. */
function sorted(values: readonly unknown[], precedes: Fn, key: Fn): unknown[] {
  if (values.length < 2) return [...values];
  const middle = values.length >> 1;
  const left = sorted(values.slice(0, middle), precedes, key);
  const right = sorted(values.slice(middle), precedes, key);
  const result: unknown[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length)
    result.push(precedes(key(right[j]), key(left[i])) ? right[j++] : left[i++]);
  while (i < left.length) result.push(left[i++]);
  while (j < right.length) result.push(right[j++]);
  return result;
}

/** The value that is best by `better(candidate, best)` of f, with f of it. */
function bestWith(
  f: Fn,
  values: readonly unknown[],
  better: (a: number, b: number) => boolean,
  worst: number,
): unknown[] {
  let best: unknown[] = [worst, worst];
  for (const value of values) {
    const x = f(value);
    if (better(x as number, best[1] as number)) best = [value, x];
  }
  return best;
}

/** The functions by name, for one runtime. */
export function createArrayFunctions(runtime: Runtime) {
  const spend = (n: number): void => {
    burn(runtime, n);
    store(runtime, n);
  };
  const mapOver = (f: Fn, values: readonly unknown[]): unknown[] => {
    spend(values.length + 1);
    const result = new Array<unknown>(values.length);
    for (let i = 0; i < values.length; i++) result[i] = f(values[i]);
    return result;
  };
  const generate = (n: number, f: (i: number) => unknown): unknown[] => {
    spend(n + 1);
    const result: unknown[] = [];
    for (let i = 0; i < n; i++) result.push(f(i));
    return result;
  };
  const sum = (values: unknown): number => {
    const xs = arrayOf(values, 'sum');
    burn(runtime, xs.length);
    let total = 0;
    for (let i = 0; i < xs.length; i++) {
      const x = xs[i];
      total += typeof x === 'number' ? x : numberOf(x, 'sum');
    }
    return total;
  };
  const mean = (values: unknown): number => {
    const xs = arrayOf(values, 'mean');
    if (xs.length === 0) throw new ProgramFault('mean of an empty array');
    return sum(xs) / xs.length;
  };
  const variance = (values: unknown, given?: unknown): number => {
    const xs = arrayOf(values, 'listVar');
    const mu = given === undefined ? mean(xs) : numberOf(given, 'listVar');
    burn(runtime, xs.length);
    return xs.reduce<number>((total, x) => total + (numberOf(x, 'listVar') - mu) ** 2, 0) / xs.length;
  };
  const concatenated = (a: readonly unknown[], b: readonly unknown[]): unknown[] => {
    spend(a.length + b.length);
    return a.concat(b);
  };
  const filter = (f: unknown, values: unknown): unknown[] => {
    const keep = functionOf(f, 'filter');
    const xs = arrayOf(values, 'filter');
    spend(xs.length + 1);
    return xs.filter((x) => keep(x));
  };
  const groupBy = (f: unknown, values: unknown): unknown[] => {
    const isSame = functionOf(f, 'groupBy');
    let left = [...arrayOf(values, 'groupBy')];
    const groups: unknown[] = [];
    while (left.length > 0) {
      spend(left.length);
      const [head, ...others] = left;
      const matches = others.map((x) => Boolean(isSame(head, x)));
      groups.push([head, ...others.filter((_, i) => matches[i])]);
      left = others.filter((_, i) => !matches[i]);
    }
    return groups;
  };
  const elementAt =
    (name: string, index: (length: number) => number) =>
    (values: unknown): unknown => {
      const xs = arrayOf(values, name);
      return xs[index(xs.length)];
    };
  return {
    map: (f: unknown, values: unknown) => mapOver(functionOf(f, 'map'), arrayOf(values, 'map')),
    map2: (f: unknown, a: unknown, b: unknown) => {
      const fn = functionOf(f, 'map2');
      const [xs, ys] = [arrayOf(a, 'map2'), arrayOf(b, 'map2')];
      return generate(Math.min(xs.length, ys.length), (i) => fn(xs[i], ys[i]));
    },
    mapN: (f: unknown, n: unknown) => {
      const fn = functionOf(f, 'mapN');
      return generate(countOf(n, 'mapN'), (i) => fn(i));
    },
    mapIndexed: (f: unknown, values: unknown) => {
      const fn = functionOf(f, 'mapIndexed');
      const xs = arrayOf(values, 'mapIndexed');
      return generate(xs.length, (i) => fn(i, xs[i]));
    },
    repeat: (n: unknown, f: unknown) => {
      const fn = functionOf(f, 'repeat (after the count)');
      return generate(countOf(n, 'repeat'), () => fn());
    },
    filter,
    reduce: (f: unknown, init: unknown, values: unknown) => {
      const fn = functionOf(f, 'reduce');
      const xs = arrayOf(values, 'reduce (after the start value)');
      burn(runtime, xs.length);
      let result = init;
      for (let i = xs.length - 1; i >= 0; i--) result = fn(xs[i], result);
      return result;
    },
    sum,
    product: (values: unknown) => {
      const xs = arrayOf(values, 'product');
      burn(runtime, xs.length);
      return xs.reduce<number>((total, x) => total * numberOf(x, 'product'), 1);
    },
    mean,
    listMean: mean,
    listVar: variance,
    listStdev: (values: unknown, given?: unknown) => Math.sqrt(variance(values, given)),
    normalize: (values: unknown) => {
      const total = sum(values);
      return mapOver((x) => numberOf(x, 'normalize') / total, arrayOf(values, 'normalize'));
    },
    all: (f: unknown, values: unknown) => {
      const fn = functionOf(f, 'all');
      return arrayOf(values, 'all').every((x) => {
        burn(runtime, 1);
        return fn(x);
      });
    },
    any: (f: unknown, values: unknown) => {
      const fn = functionOf(f, 'any');
      return arrayOf(values, 'any').some((x) => {
        burn(runtime, 1);
        return fn(x);
      });
    },
    zip: (a: unknown, b: unknown) => {
      const [xs, ys] = [arrayOf(a, 'zip'), arrayOf(b, 'zip')];
      return generate(Math.min(xs.length, ys.length), (i) => [xs[i], ys[i]]);
    },
    find: (f: unknown, values: unknown) => {
      const fn = functionOf(f, 'find');
      return arrayOf(values, 'find').find((x) => {
        burn(runtime, 1);
        return fn(x);
      });
    },
    remove: (value: unknown, values: unknown) => filter((x: unknown) => x !== value, values),
    minWith: (f: unknown, values: unknown) =>
      bestWith(functionOf(f, 'minWith'), arrayOf(values, 'minWith'), (a, b) => a < b, Number.POSITIVE_INFINITY),
    maxWith: (f: unknown, values: unknown) =>
      bestWith(functionOf(f, 'maxWith'), arrayOf(values, 'maxWith'), (a, b) => a > b, Number.NEGATIVE_INFINITY),
    span: (f: unknown, values: unknown) => {
      const fn = functionOf(f, 'span');
      const parts: [unknown[], unknown[]] = [[], []];
      for (const x of mapOver((value) => value, arrayOf(values, 'span'))) parts[fn(x) ? 0 : 1].push(x);
      return parts;
    },
    groupBy,
    sort: (values: unknown, precedes?: unknown, key?: unknown) => {
      const xs = arrayOf(values, 'sort');
      spend(xs.length * Math.ceil(Math.log2(xs.length + 2)));
      return sorted(xs, precedes ? functionOf(precedes, 'sort') : lessThan, key ? functionOf(key, 'sort') : (x) => x);
    },
    sortOn: (values: unknown, key: unknown, precedes?: unknown) => {
      const xs = arrayOf(values, 'sortOn');
      spend(xs.length * Math.ceil(Math.log2(xs.length + 2)));
      return sorted(xs, precedes ? functionOf(precedes, 'sortOn') : lessThan, functionOf(key, 'sortOn'));
    },
    flatten: (values: unknown) => {
      const flat = (xs: readonly unknown[]): unknown[] => {
        spend(xs.length + 1);
        return xs.flatMap((x) => (Array.isArray(x) ? flat(x) : [x]));
      };
      return flat(arrayOf(values, 'flatten'));
    },
    range: (from: unknown, to?: unknown, by?: unknown) => {
      const [start, end] =
        to === undefined ? [0, numberOf(from, 'range')] : [numberOf(from, 'range'), numberOf(to, 'range')];
      const step = by === undefined ? (end < start ? -1 : 1) : numberOf(by, 'range');
      if (step === 0 || !Number.isFinite(start) || !Number.isFinite(end))
        throw new ProgramFault('range needs finite ends and a step other than 0');
      return generate(countOf(Math.max(0, Math.ceil((end - start) / step)), 'range'), (i) => start + i * step);
    },
    append: (a: unknown, b: unknown) => concatenated(arrayOf(a, 'append'), arrayOf(b, 'append')),
    concat: (...lists: unknown[]) => {
      const parts = lists.length === 1 ? arrayOf(lists[0], 'concat') : lists;
      return parts.reduce<unknown[]>((result, part) => concatenated(result, Array.isArray(part) ? part : [part]), []);
    },
    cons: (a: unknown, b: unknown) => concatenated([a], arrayOf(b, 'cons')),
    snoc: (a: unknown, b: unknown) => concatenated(arrayOf(a, 'snoc'), [b]),
    first: elementAt('first', () => 0),
    second: elementAt('second', () => 1),
    third: elementAt('third', () => 2),
    fourth: elementAt('fourth', () => 3),
    last: elementAt('last', (n) => n - 1),
    secondLast: elementAt('secondLast', (n) => n - 2),
    most: (values: unknown) => concatenated(arrayOf(values, 'most').slice(0, -1), []),
    rest: (values: unknown) => concatenated(arrayOf(values, 'rest').slice(1), []),
    everyOther: (values: unknown) =>
      concatenated(
        arrayOf(values, 'everyOther').filter((_, i) => i % 2 === 0),
        [],
      ),
  };
}
