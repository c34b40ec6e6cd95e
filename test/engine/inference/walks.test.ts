import { expect, test } from 'vitest';
import { infer, inferWithPrior } from '../../../engine/inference/infer.ts';
import { compile } from '../../../engine/program/compile.ts';
import { generateScenarios } from '../../../engine/scenario/generate.ts';
import { inferText, testHost } from './testHost.ts';

const model = (body: string): string => `var model = function () { ${body} };`;
const SEED = 5;

test.each([
  [
    'hard evidence',
    'var xs = repeat(8, function () { return uniform(0, 100); }); condition(all(function (x) { return x > 60; }, xs)); return xs[3];',
    80,
  ],
  [
    'soft evidence',
    'var x = sum(repeat(6, function () { return gaussian(0, 1); })); factor(-2 * (x - 8) * (x - 8)); return 50 + 5 * x;',
    50 + (5 * 8 * 6) / 6.25,
  ],
  [
    'whole numbers',
    'var xs = repeat(4, function () { return randomInteger(10); }); condition(xs[0] + xs[1] + xs[2] + xs[3] > 34); return 10 * xs[0];',
    88,
  ],
])('walks reach rare %s', (_, body, mean) => {
  const { method, queries, acceptanceRate, ess } = inferText(model(body), {
    method: 'walks',
    precision: 0.3,
    seed: SEED,
  });
  expect(method).toBe('walks');
  // The share of moves, not of runs: walked, not rejected.
  expect(acceptanceRate).toBeGreaterThan(0.05);
  expect(ess).toBeGreaterThan(1_000);
  expect(Math.abs((queries.value.mean ?? 0) - mean)).toBeLessThan(4 * (queries.value.mcse ?? 0));
});

test('walks find what rejection does on scenarios whose evidence is rare, with honest errors', () => {
  const squares: number[] = [];
  for (const { program = '' } of generateScenarios({
    domain: 'sports',
    style: 'free-form',
    count: 2,
    seed: 1,
    start: 11,
    teamSizes: [2],
  })) {
    const [walks, rejection] = (['walks', 'rejection'] as const).map(
      (method) => inferText(program, { method, precision: 1.5, seed: SEED }).queries,
    );
    for (const [id, { mean, mcse }] of Object.entries(walks)) {
      const error = Math.hypot(mcse ?? 0, rejection[id].mcse ?? 0);
      squares.push((((mean ?? 0) - (rejection[id].mean ?? 0)) / error) ** 2);
    }
  }
  expect(squares.length).toBeGreaterThan(5);
  expect(Math.max(...squares)).toBeLessThan(4 ** 2);
  expect(squares.reduce((sum, square) => sum + square, 0) / squares.length).toBeLessThan(2);
});

test.each([
  [
    'that draw more or less often',
    'var n = flip(0.5) ? 1 : 2; var xs = n === 1 ? uniform(0, 100) : uniform(0, 50) + uniform(0, 50); condition(xs > 99.8); return xs;',
  ],
  [
    'without a specialised form',
    'var f = mem(function (x) { return uniform(0, 100); }); var k = f(uniform(0, 1)); condition(k > 50); return k;',
  ],
])('programs %s are left to rejection', (_, body) => {
  const { queries, acceptanceRate } = inferText(model(body), { method: 'walks', samples: 400, seed: SEED });
  const { mean } = inferText(model(body), { method: 'rejection', samples: 4_000, seed: SEED }).queries.value;
  expect(acceptanceRate).toBeLessThan(0.6);
  expect(Math.abs((queries.value.mean ?? 0) - (mean ?? 0))).toBeLessThan(4 * (queries.value.mcse ?? 0) + 0.05);
});

test('the prior beside the posterior is that of a run of its own', () => {
  const program = compile(
    model('var a = uniform(0, 100); var b = uniform(0, 100); condition(a + b > 150); return {a: a, b: b};'),
  );
  const options = { method: 'walks', precision: 1, seed: SEED } as const;
  const priorOptions = { precision: 1.5, seed: 9 };
  const { posterior, prior } = inferWithPrior(program, options, priorOptions, testHost);
  expect(posterior.queries).toEqual(infer(program, options, testHost).queries);
  expect(prior.queries).toEqual(infer(program, { ...priorOptions, method: 'forward' }, testHost).queries);
  expect(prior.executions).toBe(infer(program, { ...priorOptions, method: 'forward' }, testHost).executions);
});

test('walks explain evidence that no run shows', () =>
  expect(() =>
    inferText(model('var x = uniform(0, 100); condition(x > 200); return x;'), {
      method: 'walks',
      precision: 1,
      maxExecutions: 5_000,
    }),
  ).toThrow('none of 5,000 runs was accepted'));
