/** Validation: what the generator makes passes every check, and each way of breaking a program is refused by the check it belongs to. */
import { afterAll, describe, expect, it } from 'vitest';
import { DOMAINS } from '../../../../engine/scenario/domains/index.ts';
import { generateScenarios } from '../../../../engine/scenario/generate.ts';
import { validateProgram } from '../../../../engine/scenario/synthesis/validate.ts';
import { CHECKS, type Check, isAccepted, type Verdict } from '../../../../engine/scenario/synthesis/verdict.ts';
import { createInferencePool } from '../../../../main/processes/inferencePool.ts';
import type { Scenario } from '../../../../shared/scenario.ts';

const pool = createInferencePool({ workers: 2 });
afterAll(() => pool.stop());

function validate(scenario: Scenario): Promise<Verdict[]> {
  const subject = DOMAINS[scenario.domain].find(({ name }) => name === scenario.subdomain);
  const effects = Object.fromEntries(
    (subject?.episodic ?? []).map(({ name, helps }) => [name, helps ? ('helps' as const) : ('hurts' as const)]),
  );
  return validateProgram(scenario, (source, options) => pool.run({ source, options }), { seed: 3, effects });
}
const failedChecks = (verdicts: readonly Verdict[]): Check[] =>
  verdicts.filter(({ status }) => status === 'failed').map(({ check }) => check);

const [sample] = generateScenarios({
  domain: 'sports',
  count: 1,
  seed: 4,
  teamSizes: [2],
  cells: [{ P: 0, C: 0, R: 1 }],
});
const [remarked] = [
  ...generateScenarios({ domain: 'general', style: 'free-form', count: 4, seed: 2, teamSizes: [2] }),
].filter(({ conditions }) => conditions.some(({ remark }) => remark));

/** `scenario` with its program changed; the change must change something. */
function broken(scenario: Scenario, from: string | RegExp, by: string): Scenario {
  const program = (scenario.program ?? '').replace(from, by);
  expect(program).not.toBe(scenario.program);
  return { ...scenario, program };
}

describe('validateProgram', () => {
  it.each(['sports', 'healthcare', 'general'] as const)(
    'passes what the generator makes for %s',
    async (domain) => {
      for (const style of ['structured', 'free-form'] as const)
        for (const scenario of generateScenarios({ domain, style, count: 1, seed: 31 })) {
          const verdicts = await validate(scenario);
          expect(
            verdicts.filter(({ status }) => status !== 'passed'),
            scenario.id,
          ).toEqual([]);
          expect(verdicts.map(({ check }) => check)).toEqual(CHECKS);
        }
    },
    60_000,
  );

  it.each<[string, string | RegExp, string, Check[]]>([
    ['a flipped winner', /beats\((\[.*?\]), (\[.*?\]), 1\)/, 'beats($2, $1, 1)', ['conditions']],
    ['a dropped condition', /^ {2}beats\(.*, 2\);\n/m, '', ['conditions']],
    ['a condition stated twice', /^( {2}beats\(.*, 2\);\n)/m, '$1$1', ['conditions']],
    ['a result of another event', /, 3\);/, ', 9);', ['conditions']],
    ['evidence of another kind', '  return {', '  factor(0);\n  return {', ['runs']],
    ['swapped query ids', /q3: (.*),\n( *)q4: (.*)\n/, 'q4: $1,\n$2q3: $3\n', ['queries']],
    ['ranks and levels swapped', /q1: (.*),\n( *)q2: (.*),\n/, 'q2: $1,\n$2q1: $3,\n', ['queries']],
    ['a query without an answer', /\n {4}q1: .*/, '', ['queries']],
    ['a wrong order of the sides', /q3: secondWins\((\[.*?\]), (\[.*?\])\)/, 'q3: secondWins($2, $1)', ['queries']],
    ['a constant answer', /return sum\(repeat\(99[\s\S]*?\}\)\);/, 'return 50;', ['degenerate', 'prior', 'direction']],
    ['an answer that is no number', /return sum\(repeat\(99/, 'return (0 / 0) * sum(repeat(99', ['finite']],
    ['values out of range', /return sum\(repeat\(99/, 'return 40 + sum(repeat(99', ['range', 'prior']],
    [
      'a comparison the wrong way round',
      'side(losers, event) - side(winners, event)',
      'side(winners, event) - side(losers, event)',
      ['direction', 'sensitivity'],
    ],
    [
      'a contest the wrong way round',
      'return 1 / (1 + Math.exp(-lead',
      'return 1 / (1 + Math.exp(lead',
      ['direction', 'sensitivity'],
    ],
    ['a rank the wrong way round', 'own > drawTrait()', 'own < drawTrait()', ['direction']],
    [
      'a comparison that says nothing',
      /factor\(-Math.log\(1 \+ Math.exp\(.*\n/,
      'factor(-0.7);\n',
      ['direction', 'sensitivity'],
    ],
    [
      'contests that favour the second side',
      /return 1 \/ \(1 \+ Math.exp\(-lead/,
      'return 1 / (1 + Math.exp(-lead - 20',
      ['swap'],
    ],
    ['impossible evidence', /factor\(-Math.log\(1/, 'condition(false); factor(-Math.log(1', ['precision']],
    ['text that is no program', 'var model = function () {', 'var model = function ( {', ['runs']],
    ['an unknown word', 'gaussian(', 'gausian(', ['runs']],
  ])(
    'refuses %s',
    async (_, from, by, expected) => {
      const verdicts = await validate(broken(sample, from, by));
      expect(failedChecks(verdicts)).toEqual(expect.arrayContaining(expected));
      expect(isAccepted(verdicts)).toBe(false);
      for (const { status, message } of verdicts) if (status === 'failed') expect(message.length).toBeGreaterThan(10);
    },
    30_000,
  );

  it('refuses remarks turned round, left out, or without effect', async () => {
    const cases: [string | RegExp, string, Check][] = [
      [/^ {2}seemsHigh\(|^ {2}seemsLow\(/m, '  seemsNot(', 'conditions'],
      [/^ {2}seems\w+\(.*\n/m, '', 'conditions'],
      [/(var seems\w+ = function \(value\) \{) factor\(.*?\); \}/g, '$1 factor(-0.5); }', 'sensitivity'],
    ];
    for (const [from, by, check] of cases) {
      const verdicts = await validate(broken(remarked, from, by));
      expect(failedChecks(verdicts), by).toContain(check);
    }
  }, 30_000);

  it('has no program to check', async () => {
    const { program: _, ...bare } = sample;
    const verdicts = await validate(bare);
    expect(failedChecks(verdicts)).toEqual(['runs']);
    expect(verdicts.slice(1).every(({ status }) => status === 'skipped')).toBe(true);
  });
});
