import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { UserError } from '../../../shared/errors.ts';
import type { InferenceMethod, InferOptions } from '../../../shared/posterior.ts';
import { inferText } from './testHost.ts';

const program = (name: string): string =>
  readFileSync(new URL(`../../fixtures/programs/${name}.wppl`, import.meta.url), 'utf8');

/** Recorded answers of volley and their standard errors, by rejection with 200,000 accepted runs elsewhere. */
const VOLLEY = { rank: [69.3, 0.17], fatigue: [47.5, 0.04], contest3: [45.2, 0.12], contest4: [22.5, 0.1] };

/** Runs volley by one method and compares its four answers. */
function expectVolley(method: InferenceMethod, options: InferOptions): void {
  const { queries, method: used } = inferText(program('volley'), { ...options, method, seed: 3 });
  expect(used).toBe(method);
  for (const [name, [mean, error]] of Object.entries(VOLLEY)) {
    const { mcse } = queries[name];
    expect(mcse).toBeLessThan(6);
    expect(Math.abs((queries[name].mean ?? 0) - mean), `${name} ${queries[name].mean} ± ${mcse}`).toBeLessThan(
      4 * Math.hypot(mcse ?? 0, error),
    );
  }
}

test.each([
  ['rejection', { precision: 0.6 }],
  ['importance', { precision: 1 }],
  ['smc', { precision: 2, maxExecutions: 30_000 }],
  ['mh', { precision: 2, maxExecutions: 30_000 }],
  ['hmc', { precision: 3, maxExecutions: 3_500 }],
] as const)('%s reproduces the recorded answers of volley within four standard errors', expectVolley, 600_000);

test('forward ignores conditions and factors, so it gives the prior', () => {
  const text = 'var model = function () { var x = uniform(0, 100); condition(x > 90); factor(-x); return {x: x}; };';
  const { queries } = inferText(text, { method: 'forward', precision: 0.3 });
  expect(Math.abs((queries.x.mean ?? 0) - 50)).toBeLessThan(4 * 0.3);
  expect(queries.x.sd).toBeCloseTo(100 / Math.sqrt(12), 0);
});

test('the same seed gives the same result, another seed another', () => {
  const run = (seed: number) => inferText(program('tugofwar'), { seed, samples: 300 });
  const strip = ({ seconds, executionsPerSecond, ...rest }: ReturnType<typeof run>) => rest;
  expect(strip(run(5))).toEqual(strip(run(5)));
  expect(strip(run(6)).queries).not.toEqual(strip(run(5)).queries);
});

test('bins are of values rounded half to even, moments of values clamped to 0–100', () => {
  const text = 'var model = function () { return {half: flip(0.5) ? 2.5 : 3.5, above: flip(0.5) ? 150 : 50}; };';
  const { queries, warnings } = inferText(text, { method: 'forward', samples: 4000 });
  expect(queries.half.bins?.[2]).toBeCloseTo(0.5, 1);
  expect(queries.half.bins?.[4]).toBeCloseTo(0.5, 1);
  expect(Math.abs((queries.above.mean ?? 0) - 75)).toBeLessThan(4 * (queries.above.mcse ?? 0));
  expect(warnings.join()).toMatch(/above: \d\d % of the values lie outside 0–100/);
});

test('values that are no numbers give support and probabilities', () => {
  const { queries } = inferText("var model = function () { return flip(0.25) ? 'rain' : 'sun'; };", {
    method: 'forward',
    samples: 10_000,
  });
  expect(queries.value.bins).toBeNull();
  expect(queries.value.support).toEqual(['sun', 'rain']);
  expect(queries.value.probs?.[1]).toBeCloseTo(0.25, 1);
});

test('a condition that never holds is named with its place', () => {
  const text = 'var model = function () {\n  var x = uniform(0, 1);\n  condition(x > 2);\n  return {x: x};\n};';
  const attempt = (): unknown => inferText(text, { method: 'rejection', maxExecutions: 3000 });
  expect(attempt).toThrow(/none of 3,000 runs was accepted; the condition at 3:\d+ ruled out 100 % of them/);
  expect(attempt).toThrow(UserError);
});

test('a factor above 0 is refused by rejection, with its place and the way out', () => {
  const text = 'var model = function () {\n  factor(3.5);\n  return 1;\n};';
  try {
    inferText(text, { method: 'rejection' });
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    if (!(error instanceof UserError)) return;
    expect(error.message).toMatch(/factor of 3.5/);
    expect(error.hint).toMatch(/importance/);
    expect(error.location).toMatchObject({ file: 'test.wppl', line: 2, column: 3, excerpt: '  factor(3.5);' });
  }
});

test('NaN from a program is an error with its query and place, never dropped', () => {
  try {
    inferText('var model = function () {\n  var o = {a: 1};\n  return {q: o.b * 2};\n};', { method: 'forward' });
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    if (!(error instanceof UserError)) return;
    expect(error.message).toMatch(/the query q returned NaN/);
    expect(error.location).toMatchObject({ line: 3, column: 10, excerpt: '  return {q: o.b * 2};' });
  }
});

test('a run that stops short of the precision says so', () => {
  const { warnings } = inferText('var model = function () { return uniform(0, 100); };', {
    method: 'forward',
    precision: 0.01,
    maxExecutions: 2000,
  });
  expect(warnings.join()).toMatch(/stopped after 2,000 executions: the standard error is 0\.6\d points, wanted 0\.01/);
});
