/** The program desk: faults with their places, sketches while a program samples, observations varied. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createProgramDesk, type DeskRun, type ProgramDesk } from '../../../main/library/programDesk.ts';
import type { QueryPosterior } from '../../../shared/posterior.ts';
import { someScenarios } from './openTestLibrary.ts';

type Sketch = { readonly runId: string; readonly queries: Readonly<Record<string, QueryPosterior>> };
let desk: ProgramDesk;
let sketches: Sketch[];
beforeEach(() => {
  sketches = [];
  desk = createProgramDesk((runId, queries) => sketches.push({ runId, queries }));
});
afterEach(() => desk.close());

const [scenario] = someScenarios(1, 11);
const source = scenario.program ?? '';
const run = (changes: Partial<DeskRun> = {}) =>
  desk.run({ runId: 'a', source, evidence: [], precision: 0.5, seed: 1, ...changes });

it('names faults with place and hint, and the observations that can be varied', async () => {
  const good = await desk.check(source);
  expect(good.faults).toEqual([]);
  expect(good.evidence).toHaveLength(scenario.conditions.length);
  expect(good.evidence[0]).toMatch(/^beats\(/);
  const { faults } = await desk.check(source.replace('var rank =', 'var rank = nobodyKnows,'));
  expect(faults).toMatchObject([{ severity: 'error', line: expect.any(Number), column: expect.any(Number) }]);
  const unbound = await desk.check('var model = function () {\n  return {q1: gausian(50, 10)};\n};');
  expect(unbound.faults).toMatchObject([{ severity: 'error', line: 2, hint: expect.stringContaining('gaussian') }]);
  const slip = await desk.check('var model = function () {\n  condition(false);\n  return {q1: uniform(0, 100)};\n};');
  expect(slip.faults).toMatchObject([{ severity: 'warning', line: 2, message: 'this condition can never hold' }]);
});

it('sketches the posterior while it samples, and ends near its last sketch', async () => {
  const slow = 'var model = function () { return {q1: sum(repeat(300, function () { return uniform(0, 1); })) / 3}; };';
  const posterior = await run({ source: slow, precision: 0.001 });
  expect(sketches.length).toBeGreaterThan(1);
  const last = sketches.at(-1)?.queries.q1;
  expect(last?.mean).toBeCloseTo(50, 0);
  expect(Math.abs((last?.mean ?? 0) - (posterior?.queries.q1.mean ?? 0))).toBeLessThan(0.1);
});

it('turns observations around, and gives the prior where nothing is observed', async () => {
  const program = `var model = function () {
    var strength = mem(function (p) { return uniform(0, 100); });
    var beats = function (winners, losers, event) { condition(strength(winners[0]) > strength(losers[0])); };
    beats(['Ann'], ['Ben'], 1);
    return {ann: strength('Ann')};
  };`;
  const meanOf = async (evidence: DeskRun['evidence']): Promise<number> =>
    (await run({ source: program, evidence, precision: 0.1 }))?.queries.ann.mean ?? Number.NaN;
  // The larger of two uniform draws has mean 2/3, the smaller 1/3, one alone 1/2.
  expect(await meanOf(['on'])).toBeCloseTo(200 / 3, -0.3);
  expect(await meanOf(['flipped'])).toBeCloseTo(100 / 3, -0.3);
  const prior = await run({ source: program, evidence: ['off'], precision: 0.1 });
  expect(prior?.method).toBe('forward');
  expect(prior?.queries.ann.mean).toBeCloseTo(50, -0.3);
});

it('stops a run for the next one, and on request', async () => {
  const endless = 'var model = function () { condition(uniform(0, 1) > 2); return {q1: 1}; };';
  const first = run({ source: endless });
  const second = run({ runId: 'b', source: endless });
  expect(await first).toBeNull();
  desk.stop('another');
  desk.stop('b');
  expect(await second).toBeNull();
  expect((await run({ precision: 5 }))?.queries).toHaveProperty('q1');
});
