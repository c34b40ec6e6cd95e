/** Agreement with webppl 0.9.15: library functions on the same arguments, enumeration of the same programs, and samples by rejection. */
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { createRejection } from '../../../engine/inference/rejection.ts';
import { startProgram } from '../../../engine/inference/runningProgram.ts';
import { REJECTED } from '../../../engine/inference/sampling.ts';
import { compile } from '../../../engine/program/compile.ts';
import { createRandom } from '../../../engine/random.ts';
import { CLOSED_FORMS } from './closedForms.ts';
import { inferText, testHost } from './testHost.ts';

const require = createRequire(import.meta.url);
const webppl: {
  run: (code: string, done: (state: unknown, value: unknown) => void, options: { debug: boolean }) => void;
} = require('webppl');
const { seedRNG }: { seedRNG: (seed: number) => void } = require('webppl/src/util');

const runWebppl = (code: string): Promise<unknown> =>
  new Promise((resolve) => webppl.run(code, (_, value) => resolve(value), { debug: false }));

/** Expressions whose value is the same in both; JSON makes them comparable. */
const EXPRESSIONS = [
  'map(function (x) { return x * x; }, [1, 2, 3])',
  'map2(function (x, y) { return x - y; }, [5, 6], [1, 2])',
  'mapN(function (i) { return 2 * i; }, 4)',
  'mapIndexed(function (i, x) { return [i, x]; }, ["a", "b"])',
  'mapObject(function (k, v) { return k + v; }, {a: 1, b: 2})',
  'filter(function (x) { return x > 2; }, [1, 2, 3, 4])',
  'reduce(function (x, acc) { return [x].concat(acc); }, [], [1, 2, 3])',
  'reduce(function (x, acc) { return x - acc; }, 1, [10, 5, 2])',
  'sum([1, 2, 3.5])',
  'product([2, 3, 4])',
  'listMean([1, 2, 6])',
  'listVar([1, 2, 6])',
  'listVar([1, 2, 6], 2)',
  'listStdev([2, 4])',
  'normalize([1, 3])',
  'all(function (x) { return x > 0; }, [1, 2])',
  'any(function (x) { return x > 1; }, [1, 0])',
  'zip([1, 2], ["a", "b"])',
  'repeat(3, function () { return 7; })',
  'find(function (x) { return x > 1; }, [1, 2, 3])',
  'remove(2, [1, 2, 3, 2])',
  'minWith(function (x) { return Math.abs(x - 3); }, [1, 4, 9])',
  'maxWith(function (x) { return x % 5; }, [3, 9, 5])',
  'span(function (x) { return x < 3; }, [1, 5, 2, 4])',
  'groupBy(function (a, b) { return a % 2 === b % 2; }, [1, 2, 3, 4, 5])',
  'sort([3, 1, 2])',
  'sort([3, 1, 2], gt)',
  'sort([{a: 2}, {a: 1}], lt, function (o) { return o.a; })',
  'sortOn([[1, 3], [0, 2]], second)',
  'append([1], [2, 3])',
  'cons(1, [2])',
  'snoc([1], 2)',
  '[first([1, 2, 3, 4]), second([1, 2, 3, 4]), third([1, 2, 3, 4]), fourth([1, 2, 3, 4]), last([1, 2, 3]), secondLast([1, 2, 3])]',
  '[most([1, 2, 3]), rest([1, 2, 3])]',
  'everyOther([1, 2, 3, 4, 5])',
  'extend({a: 1}, {b: 2, a: 3})',
  'compose(function (x) { return x + 1; }, function (x) { return x * 2; })(5)',
  '[isEven(4), isOdd(4), isEven(3), idF(3), constF(4)(), trueF(), falseF()]',
  '_.keys({a: 1, b: 2})',
  '_.values({a: 1, b: 2})',
  '_.pick({a: 1, b: 2}, "a")',
  '_.omit({a: 1, b: 2}, "a")',
  '_.fromPairs([["a", 1]])',
  '_.zipObject(["x", "y"], [1, 2])',
  '_.max([1, 5, 2]) + _.min([4, 3])',
  '_.sortBy([{v: 2}, {v: 1}], "v")',
  '_.uniq([1, 2, 1])',
  '_.countBy(["a", "b", "a"])',
  '_.includes([1, 2], 2)',
  '_.range ? 1 : 2',
  '"abc".slice(1) + [1, 2, 3].slice(0, 2).join("-")',
  '[3, 4].indexOf(4) + "xyz".indexOf("z")',
  'expectation(Categorical({ps: [0.25, 0.75], vs: [4, 8]}))',
  'Bernoulli({p: 0.3}).score(true)',
  'entropy(Bernoulli({p: 0.5}))',
  'MAP(Categorical({ps: [1, 3], vs: ["a", "b"]})).val',
  'Gaussian({mu: 1, sigma: 2}).score(0)',
  'sum(Binomial({p: 0.4, n: 3}).support())',
].filter((expression) => !expression.startsWith('_.range'));

test('library functions give what webppl gives', async () => {
  const program = `[${EXPRESSIONS.join(',\n')}]`;
  const theirs = JSON.parse(JSON.stringify(await runWebppl(program)));
  const ours = inferText(`var model = function () { return ${program}; };`, { method: 'forward', samples: 1 }).queries
    .value.support?.[0];
  expect(Array.isArray(ours) && Array.isArray(theirs)).toBe(true);
  if (!Array.isArray(ours)) return;
  EXPRESSIONS.forEach((expression, i) => {
    const value = JSON.parse(JSON.stringify(ours[i] ?? null));
    if (typeof theirs[i] === 'number') expect(value, expression).toBeCloseTo(theirs[i], 12);
    else expect(value, expression).toEqual(theirs[i]);
  });
});

// webppl's multivariate Bernoulli takes tensors, ours arrays.
const ENUMERABLE = CLOSED_FORMS.filter(
  ({ methods, body }) => methods.includes('enumerate') && !body.includes('MultivariateBernoulli'),
);

test.each(ENUMERABLE)('enumeration agrees on $name', async ({ body }) => {
  const theirs = await runWebppl(`expectation(Infer({method: 'enumerate', model: function () { ${body} }}))`);
  const ours = inferText(`var model = function () { ${body} };`, { method: 'enumerate' }).queries.value.mean;
  expect(ours).toBeCloseTo(Number(theirs), 9);
});

const SAMPLES = 1_500;
/** 1.95 √(2/n): two samples of n differ by more with probability 0.001. */
const KS_LIMIT = 1.95 * Math.sqrt(2 / SAMPLES);

function distance(a: readonly number[], b: readonly number[]): number {
  const [xs, ys] = [a, b].map((values) => Float64Array.from(values).sort());
  let [i, j, worst] = [0, 0, 0];
  while (i < xs.length && j < ys.length) {
    const x = Math.min(xs[i], ys[j]);
    while (i < xs.length && xs[i] <= x) i++;
    while (j < ys.length && ys[j] <= x) j++;
    worst = Math.max(worst, Math.abs(i / xs.length - j / ys.length));
  }
  return worst;
}

test.each([
  ['the stronger of two', 'var a = gaussian(50, 10); var b = gaussian(50, 10); condition(a > b); return a;'],
  ['a triangle', 'var x = uniform(0, 100); factor(Math.log(x / 100)); return x;'],
  [
    'groups and members',
    "var high = mem(function (p) { return flip(0.4); }); var x = mem(function (p) { return gaussian(high(p) ? 70 : 40, 8); }); condition(x('a') > x('b')); condition(x('a') > 45); return x('b');",
  ],
  [
    'gamma and beta',
    'var g = gamma({shape: 2, scale: 3}); var p = beta({a: 2, b: 5}); condition(g * p > 1); return 10 * g * p;',
  ],
])('samples by rejection agree on %s (Kolmogorov–Smirnov at 0.001)', async (_, body) => {
  seedRNG(12);
  const theirs = (await runWebppl(
    `repeat(${SAMPLES}, function () { return sample(Infer({method: 'rejection', samples: 1, maxScore: 0, model: function () { ${body} }})); })`,
  )) as number[];
  const running = startProgram(compile(`var model = function () { ${body} };`), testHost, { hasAddresses: false });
  const attempt = createRejection(running, testHost);
  running.runtime.draws.reseed(createRandom(12));
  const ours: number[] = [];
  while (ours.length < SAMPLES) {
    const result = attempt();
    if (result !== REJECTED) ours.push(Number(result.value));
  }
  expect(distance(ours, theirs)).toBeLessThan(KS_LIMIT);
});
