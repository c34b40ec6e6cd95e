import { expect, test } from 'vitest';
import { UserError } from '../../../shared/errors.ts';
import { inferText } from './testHost.ts';

const model = (body: string): string => `var model = function () { ${body} };`;

test.each([
  ['enumerate', 'few paths of choices', 'var a = flip(0.3); condition(a || flip(0.5)); return a ? 100 : 0;', 30 / 0.65],
  ['rejection', 'runs that are often accepted', 'var x = uniform(0, 100); condition(x > 50); return x;', 75],
  [
    'importance',
    'densities of observed values',
    'var m = gaussian(50, 1); observe(Gaussian({mu: m, sigma: 0.1}), 50.5); return m;',
    50 + 0.5 / 1.01,
  ],
  [
    'smc',
    'rare evidence in steps',
    'var xs = repeat(12, function () { var x = uniform(0, 100); condition(x > 60); return x; }); return xs[0];',
    80,
  ],
] as const)('auto takes %s for %s, and says why', (method, _, body, mean) => {
  const {
    method: used,
    queries,
    warnings,
  } = inferText(model(body), { precision: method === 'importance' ? 0.02 : 1.5, maxExecutions: 60_000 });
  expect(used).toBe(method);
  expect(warnings[0]).toMatch(new RegExp(`^auto chose ${method}: `));
  expect(Math.abs((queries.value.mean ?? 0) - mean)).toBeLessThanOrEqual(5 * (queries.value.mcse ?? 0) + 1e-9);
});

test('evidence of one part in a million gets its right answer by particles', () => {
  // Twenty conditions that each halve what is left: 2⁻²⁰.
  const body =
    'var xs = map(function (i) { var x = uniform(0, 100); condition(x > 50); return x; }, _.keys(repeat(20, constF(0)))); return xs[3];';
  const { method, queries, logZ } = inferText(model(body), { precision: 2, maxExecutions: 200_000 });
  expect(method).toBe('smc');
  expect(Math.abs((queries.value.mean ?? 0) - 75)).toBeLessThan(5 * (queries.value.mcse ?? 0));
  expect(logZ).toBeCloseTo(20 * Math.log(0.5), 0);
});

test('evidence that cannot be is an error that names its condition, never a label', () => {
  const body = 'var x = uniform(0, 1);\n  condition(x > 0.5);\n  condition(x < 0.2); return x;';
  try {
    inferText(model(body), { maxExecutions: 30_000 });
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toMatch(/none of .* runs was accepted; the condition at 2:3|ruled out/);
  }
});

test('one hard condition of one part in a million either gives an answer with its error or an error', () => {
  const body = 'var x = uniform(0, 1); condition(x > 0.999999); return 100 * x;';
  let outcome: string;
  try {
    const { queries, warnings } = inferText(model(body), { maxExecutions: 100_000 });
    expect(Math.abs((queries.value.mean ?? 0) - 100)).toBeLessThan(1);
    outcome = warnings.join();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    outcome = String(error);
  }
  expect(outcome).toMatch(/runs was accepted|auto chose/);
});

test('importance with few effective draws says so', () => {
  const body = 'var m = gaussian(0, 100); observe(Gaussian({mu: m, sigma: 0.01}), 50); return m;';
  const { warnings } = inferText(model(body), { method: 'importance', maxExecutions: 3_000 });
  expect(warnings.join()).toMatch(/effective draws of 3,000/);
});

test('enumerate refuses continuous and infinite draws with their place, and too many paths', () => {
  expect(() => inferText('var model = function () {\n  return gaussian(0, 1);\n};', { method: 'enumerate' })).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(/enumerate needs finite support, but Gaussian is continuous/),
      location: expect.objectContaining({ line: 2, column: 10 }),
      hint: expect.stringMatching(/mh/),
    }),
  );
  expect(() => inferText(model('return poisson(3);'), { method: 'enumerate' })).toThrow(/Poisson is infinite/);
  expect(() =>
    inferText(model('return sum(repeat(30, function () { return flip() ? 1 : 0; }));'), {
      method: 'enumerate',
      maxExecutions: 5_000,
    }),
  ).toThrow(/more than 5000 paths/);
});

test('hmc refuses hard conditions with their place', () => {
  expect(() =>
    inferText('var model = function () {\n  var x = gaussian(0, 1);\n  condition(x > 0);\n  return x;\n};', {
      method: 'hmc',
    }),
  ).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(/hard condition/),
      location: expect.objectContaining({ line: 3, column: 3 }),
    }),
  );
});

test('chains that cannot mix say so', () => {
  // Two far modes of equal weight, joined by nothing a walk can cross.
  const body = 'var x = uniform(0, 100); factor(x < 0.5 || x > 99.5 ? -1 : -60); return x;';
  const { warnings, rHat } = inferText(model(body), { method: 'mh', maxExecutions: 8_000 });
  expect(rHat).toBeGreaterThan(1.05);
  expect(warnings.join()).toMatch(/the chains have not mixed/);
});

test.each(['importance', 'mh', 'smc', 'hmc', 'enumerate'] as const)(
  '%s gives the same result for the same seed',
  (method) => {
    const body =
      method === 'enumerate'
        ? 'var a = flip(0.3); factor(a ? 0 : -1); return a ? 100 : 0;'
        : 'var m = gaussian(50, 10); factor(-Math.abs(m - 60) / 10); return m;';
    const run = () => {
      const {
        seconds: _,
        executionsPerSecond: __,
        ...identity
      } = inferText(model(body), { method, samples: 400, maxExecutions: 20_000, seed: 4 });
      return identity;
    };
    expect(run()).toEqual(run());
  },
);

test('an unknown method written in the program is named', () => {
  expect(() => inferText('Infer({method: "gibbs", model: function () { return 1; }})')).toThrow(/"gibbs" is no method/);
});
