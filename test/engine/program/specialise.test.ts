import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createForward } from '../../../engine/inference/forward.ts';
import { createRejection } from '../../../engine/inference/rejection.ts';
import { startProgram } from '../../../engine/inference/runningProgram.ts';
import { REJECTED } from '../../../engine/inference/sampling.ts';
import { compile } from '../../../engine/program/compile.ts';
import { createRandom } from '../../../engine/random.ts';
import { testHost } from '../inference/testHost.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/programs/${name}.wppl`, import.meta.url), 'utf8');
const model = (body: string): string => `var model = function () { ${body} };`;

/** Programs that use what the specialiser treats in ways of its own. */
const PROGRAMS: Record<string, string> = {
  volley: fixture('volley'),
  tugofwar: fixture('tugofwar'),
  'memo asked in branches and after them': model(
    "var s = mem(function (p) { return gaussian(50, 10); }); var a = flip(0.5) ? s('a') : s('b'); var b = flip(0.5) ? s('a') + 1 : 2; return {a: a, b: b, c: s('b') - s('a')};",
  ),
  'memo asked in a loop and after it': model(
    "var s = mem(function (p, i) { return uniform(0, i + 1); }); var t = sum(mapN(function (i) { return s('a', i) + s('a', 3 + i); }, 20)); var u = sum(repeat(30, function () { return s('b', 0); })); return {t: t, u: u, v: s('b', 0)};",
  ),
  'counter keys seen twice share their draws': model(
    'var e = mem(function (p, m) { return uniform(0, 1); }); var f = function () { return sum(mapN(function (i) { return e("a", 100 + i) > 0.5 ? 1 : 0; }, 50)); }; return {x: f(), y: f()};',
  ),
  'lists chosen by a draw': model(
    'var w = gaussian(0, 1) > 0 ? [0.1, 0.9] : [0.8, 0.2]; return {x: categorical({ps: w, vs: [10, 20]}), y: sum(w)};',
  ),
  'records, destructuring and closures': model(
    'var make = function ({mu, sigma}) { return function (x) { return mu + sigma * x; }; }; var f = make({mu: 3, sigma: 2}); var {a, b} = {a: gaussian(0, 1), b: f(2)}; var [c, d] = [f(a), b]; return {a: a, c: c, d: d};',
  ),
  'returns inside branches': model(
    'var f = function (x) { if (x > 0.5) { return 1; } if (x > 0.2) { var y = uniform(0, 1); return y; } else { condition(flip(0.9)); } return 7; }; return f(uniform(0, 1)) + f(uniform(0, 1));',
  ),
  'short circuits': model(
    'var a = flip(0.3) && flip(0.6); var b = flip(0.2) || flip(0.4); var c = all(function (p) { return flip(p); }, [0.5, 0.9]); return {a: a ? 1 : 0, b: b ? 1 : 0, c: c ? 1 : 0, d: any(flip, [0.1, 0.2]) ? 1 : 0};',
  ),
  'samplers with varying parameters': model(
    'var m = uniform(-3, 3); var s = uniform(0.5, 2); var x = gaussian(m, s); var y = uniform(m, m + s); var k = randomInteger(5); var d = uniformDraw([3, 1, 4]); var g = gamma(s, 1); var z = sample(Gaussian({mu: m, sigma: 1})); var bt = beta({a: s, b: 2}); return {x: x, y: y, k: k, d: d, g: g, z: z, bt: bt, f: flip(1 / (1 + Math.exp(-m))) ? 1 : 0};',
  ),
  'factors of both kinds': model(
    'var x = gaussian(0, 1); factor(-x * x); condition(x > -1); map(function (d) { factor(-Math.abs(x - d)); }, [0.1, 0.2]); return x;',
  ),
  'recursion that ends by a known count': model(
    'var f = function (n) { return n === 0 ? 0 : uniform(0, 1) + f(n - 1); }; return f(5);',
  ),
  'text and library functions': model(
    'var name = "p" + 3; var s = mem(function (k) { return uniform(0, 10); }); var o = {p3: 4}; return {x: s(name) + o[name] + _.max([1, 9, 3]) + name.length, y: s(`p$' +
      '{3}`)};',
  ),
  'top-level constants':
    'var teams = [["a", "b"], ["c"]]; var k = 3 * 4; var f = function (t) { return t.length * k; };\n' +
    model('return uniform(0, 1) + sum(map(f, teams));'),
};

/** JSON of the first accepted values of both forms. */
function firstValues(
  text: string,
  create: typeof createRejection,
  form: 'fastest' | 'general',
  count: number,
): string[] {
  const running = startProgram(compile(text), testHost, { hasAddresses: false });
  const attempt = create(running, testHost, form);
  running.runtime.draws.reseed(createRandom(11));
  const values: string[] = [];
  for (let i = 0; i < 100_000 && values.length < count; i++) {
    const result = attempt();
    if (result !== REJECTED) values.push(JSON.stringify(result.value));
  }
  return values;
}

describe.each(Object.entries(PROGRAMS))('%s', (_, text) => {
  test('has a specialised form', () => expect(compile(text).specialise('rejection')?.text).toMatch(/function attempt/));
  test.each([
    ['rejection', createRejection],
    ['forward', createForward],
  ] as const)('its %s values are those of the general form, bit for bit', (_, create) => {
    const general = firstValues(text, create, 'general', 40);
    expect(general.length).toBe(40);
    expect(firstValues(text, create, 'fastest', 40)).toEqual(general);
  });
});

test.each([
  ['recursion whose end is drawn', model('var f = function (n) { return flip(0.5) ? n : f(n + 1); }; return f(0);')],
  [
    'memo keys that are drawn',
    model('var s = mem(function (p) { return gaussian(0, 1); }); return s(uniformDraw(["a", "b"]));'),
  ],
  [
    'functions chosen by a draw',
    model('var f = flip(0.5) ? function () { return 1; } : function () { return 2; }; return f();'),
  ],
  [
    'nested inference',
    model('return expectation(Infer({method: "enumerate", model: function () { return flip(0.5) ? 1 : 0; }}));'),
  ],
])('%s is left to the general form', (_, text) => {
  expect(compile(text).specialise('rejection')).toBeUndefined();
});

test('a fault in a specialised program is placed in the source', () => {
  const text = 'var model = function () {\n  var x = uniform(0, 1);\n  var s = x - 2;\n  return gaussian(0, s);\n};';
  const running = startProgram(compile(text, { file: 'f.wppl' }), testHost, { hasAddresses: false });
  const attempt = createForward(running, testHost);
  running.runtime.draws.reseed(createRandom(1));
  expect(attempt).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(/sigma must be above 0/),
      location: expect.objectContaining({ line: 4, column: 10 }),
    }),
  );
});
