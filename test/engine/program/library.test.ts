import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { libraryNames } from '../../../engine/program/library/index.ts';
import { UNSUPPORTED } from '../../../engine/program/library/unsupported.ts';
import { UserError } from '../../../shared/errors.ts';
import { inferText } from '../inference/testHost.ts';

const webpplFolder = dirname(createRequire(import.meta.url).resolve('webppl/package.json'));
const headerNames = ['header.wppl', 'dists.wppl']
  .flatMap((file) =>
    [...readFileSync(join(webpplFolder, 'src', file), 'utf8').matchAll(/^var (\w+) = /gm)].map(([, name]) => name),
  )
  .filter((name) => !/^_|_helper$/.test(name));

test('every name of webppl 0.9.15 is supported or refused with an alternative', () => {
  const { functions } = libraryNames();
  const unknown = [...new Set(headerNames)].filter((name) => !functions.has(name) && !UNSUPPORTED.has(name));
  expect(headerNames.length).toBeGreaterThan(100);
  expect(unknown).toEqual([]);
});

test('no name is both supported and refused', () => {
  const { functions } = libraryNames();
  expect([...UNSUPPORTED.keys()].filter((name) => functions.has(name))).toEqual([]);
});

/** The value of an expression inside a model that draws nothing. */
const evaluated = (expression: string): unknown => {
  const { value } = inferText(`var model = function () { return [${expression}]; };`, {
    method: 'forward',
    samples: 1,
  }).queries;
  const [list] = value.support ?? [];
  return Array.isArray(list) ? list[0] : undefined;
};

test.each([
  ['arrows and blocks', '(x => x + 1)(2)', 3],
  ['template literals', '`a$'.concat('{1 + 1}b`'), 'a2b'],
  ['numbers and text with +', '"a" + 1 + true', 'a1true'],
  ['?? and ||', '(null ?? 3) + (0 || 4)', 7],
  ['in and typeof', '("a" in {a: 1}) && typeof 1 === "number"', true],
  ['shadowed library names', '(function (map) { return map + 1; })(1)', 2],
  ['a second var of one name', '(function (x) { var x = x + 1; var x = x * 10; return x; })(1)', 20],
  [
    'functions that name what is declared later',
    '(function () { var f = function () { return g(); }; var g = function () { return 5; }; return f(); })()',
    5,
  ],
  ['named function expressions', '(function f(n) { return n === 0 ? 0 : n + f(n - 1); })(4)', 10],
  ['destructured parameters', '(function ({a, b}, [c, d]) { return a + b + c + d; })({a: 1, b: 2}, [3, 4])', 10],
  ['methods that change nothing', '[1, 2, 3].map(function (x) { return 2 * x; }).concat([7]).join("-")', '2-4-6-7'],
  ['functions held by an object', '({area: function (r) { return r * r; }}).area(3)', 9],
  ['computed members of arrays and objects', '[5, 6][1] + {a: 2}["a"]', 8],
  ['exponents, bits and remainders', '2 ** 3 + (6 & 3) + 7 % 4', 13],
])('%s', (_, expression, value) => {
  expect(evaluated(expression)).toEqual(value);
});

/** The error of running `body`, which stands from line 2, column 3. */
function fault(body: string): UserError {
  try {
    inferText(`var model = function () {\n  ${body}\n};`, { method: 'forward', samples: 5 });
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('it ran');
}

describe('run-time faults name their place and what to do', () => {
  test.each([
    ['var o = {a: 1}; return o.b.c;', 30, /property is taken of undefined/, /argument missing/],
    ['var f = 3; return f(1);', 21, /called but is no function/, /misspelt/],
    ['return sum([1, "a"]);', 10, /sum needs numbers, received "a"/, undefined],
    [
      'return map([1], function (x) { return x; });',
      10,
      /map needs a function, received an array of 1/,
      /function comes first/,
    ],
    ['return [1] + [2];', 10, /\+ between an array of 1 and an array of 1/, /concat/],
    ['return [1].push(2);', 14, /an array of 1 has no method push/, /concat/],
    ['return sample(gaussian(0, 1));', 10, /sample needs a distribution, received -?\d/, /capitals/],
    ['return gaussian({mu: 0, sgima: 1});', 10, /Gaussian has no parameter sgima/, /mu, sigma/],
    ['return sample(Gaussian({mu: 0, sigma: "a"}));', 17, /sigma must be a finite number, received "a"/, undefined],
    ['factor(0 / 0); return 1;', 3, /factor needs a number below Infinity, received NaN/, /misspelt/],
    ['return repeat(1e9, function () { return 1; });', 10, /at most 1000000/, undefined],
    ['var f = function (n) { return f(n + 1); }; return f(0);', 11, /nested more than/, /recursion without end/],
    ['var o = {}; return o["constr" + "uctor"];', 24, /"constructor" is not allowed/, undefined],
  ])('%s', (body, column, message, hint) => {
    const error = fault(body);
    expect(error.message).toMatch(message);
    if (hint) expect(error.hint).toMatch(hint);
    expect(error.location).toMatchObject({ file: 'test.wppl', line: 2, column });
    expect(error.location?.excerpt).toContain(body.slice(0, 20));
  });
});

test('a destructuring function given text at run time is warned of once', () => {
  const { warnings } = inferText(
    "var model = function () { var f = function ({athlete}) { return 1; }; return f(uniformDraw(['ann', 'ben'])); };",
    { method: 'forward', samples: 50 },
  );
  expect(warnings.filter((warning) => /\{athlete\} is taken out of/.test(warning)).length).toBe(2);
});
