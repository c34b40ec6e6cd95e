/** Reading a program's parts, and making variants of it. */
import { describe, expect, it } from 'vitest';
import { agreementOf } from '../../../../engine/scenario/synthesis/agreement.ts';
import { isEvent, isNamedFor } from '../../../../engine/scenario/synthesis/contract.ts';
import { readProgramParts } from '../../../../engine/scenario/synthesis/programParts.ts';
import { evidenceText, variantOf } from '../../../../engine/scenario/synthesis/variants.ts';
import type { Posterior } from '../../../../shared/posterior.ts';

const program = (body: string, end = 'return {q1: rank(skill("Ada"))};'): string =>
  `var model = function () {\n  var seemsHigh = function (v) { factor(v - 100); };\n  ${body}\n  ${end}\n};`;

describe('readProgramParts', () => {
  it('reads evidence and answers with their places', () => {
    const text = program(
      "beats(['Ada'], ['Bela', 'Chidi'], 2); seemsHigh(effort('Ada', 'match 2'));",
      "return {q1: rank(skill('Ada')), q2: effort('Ada', 2), q3: secondWins(['Ada'], ['Bela']), q4: 7};",
    );
    const { evidence, answers } = readProgramParts(text);
    expect(evidence).toMatchObject([
      { kind: 'result', winners: ['Ada'], losers: ['Bela', 'Chidi'], event: '2' },
      { kind: 'remark', isHigh: true, factor: 'effort', entity: 'Ada', event: 'match 2' },
    ]);
    expect(text.slice(evidence[0].start, evidence[0].end)).toBe("beats(['Ada'], ['Bela', 'Chidi'], 2);");
    expect(answers).toMatchObject([
      { id: 'q1', kind: 'rank', trait: 'skill', entity: 'Ada' },
      { id: 'q2', kind: 'percentage', factor: 'effort', entity: 'Ada', event: '2' },
      { id: 'q3', kind: 'contest', sides: [['Ada'], ['Bela']] },
      { id: 'q4', kind: 'other' },
    ]);
  });

  it.each([
    ['var f = function () { return 1; };', /there is no `var model = function \(\) \{…\}`/, 1],
    [program('beats(winners, ["Bela"], 1);'), /expected beats\(\[winners\], \[losers\], event\)/, 3],
    [program('seemsHigh(level);'), /expected seemsHigh\(factor\('entity', event\)\)/, 3],
    [program('var f = function () { condition(true); };'), /condition stands outside beats, seemsHigh, seemsLow/, 3],
    [program('var x = beats(["Ada"], ["Bela"], 1);'), /beats is not a statement of its own/, 3],
    [program('', 'return 3;'), /model does not end with `return \{…\}`/, 4],
    [program('', 'return {...others};'), /spread/, 4],
    [program('', 'return {[id]: 3};'), /an answer has no written query id/, 4],
  ])('refuses %s', (text, message, line) => {
    expect(() => readProgramParts(text, 'p.wppl')).toThrow(
      expect.objectContaining({
        name: 'UserError',
        message: expect.stringMatching(message),
        location: expect.objectContaining({ file: 'p.wppl', line }),
      }),
    );
  });
});

describe('variantOf', () => {
  it('exchanges the evidence and adds to the answers, and leaves the rest', () => {
    const parts = readProgramParts(program('beats(["Ada"], ["Bela"], 1);\n  var after = 1;'));
    const text = variantOf(parts, {
      evidence: [evidenceText(parts.evidence[0], true)],
      ids: ['q1'],
      probes: { check_x: '7' },
    });
    expect(readProgramParts(text)).toMatchObject({ evidence: [{ winners: ['Bela'], losers: ['Ada'] }] });
    expect(text).toContain('var after = 1;');
    expect(text).toContain(
      'return {q1: check_q1, check_outside_q1: check_q1 < 0 || check_q1 > 100 ? 100 : 0, check_x: 7};',
    );
    const bare = variantOf(readProgramParts(program('')), {
      evidence: ['beats(["X"], ["Y"], 1);'],
      ids: [],
      probes: { p: '1' },
    });
    expect(readProgramParts(bare).evidence).toHaveLength(1);
  });
});

describe('the contract', () => {
  it('knows events and names however they are written', () => {
    expect([isEvent('2', 'match 2'), isEvent('match 2', 'match 2'), isEvent('2', 'match 12')]).toEqual([
      true,
      true,
      false,
    ]);
    expect([
      isNamedFor('rawStrength', 'raw strength'),
      isNamedFor('formLevel', 'form'),
      isNamedFor('strength', 'raw strength'),
    ]).toEqual([true, true, false]);
  });
});

describe('agreementOf', () => {
  it('is the distance of the distributions, and the spread of the means', () => {
    const at = (answer: number): Posterior['queries'] => ({
      q1: { mean: answer, sd: 0, mcse: 0, bins: Array.from({ length: 101 }, (_, i) => (i === answer ? 1 : 0)) },
      q2: { mean: null, sd: null, mcse: null, bins: null },
    });
    const posterior = (answer: number): Posterior => ({
      queries: at(answer),
      method: 'rejection',
      executions: 1,
      seed: 1,
      seconds: 0,
      executionsPerSecond: 1,
      warnings: [],
    });
    const { q1, q2 } = agreementOf([posterior(10), posterior(40), posterior(20)]);
    // Point masses lie as far apart as their places: 30, 10 and 20, on average 20.
    expect(q1.means).toEqual([10, 40, 20]);
    expect(q1.spread).toBe(30);
    expect(q1.distance).toBeCloseTo(20, 12);
    expect(q2).toBeUndefined();
  });
});
