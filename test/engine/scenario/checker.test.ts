/** The checker: it finds nothing in what the generator makes, and finds each kind of fault when one is planted. */
import { describe, expect, it } from 'vitest';
import { checkScenario, type ScenarioFault } from '../../../engine/scenario/checker.ts';
import { generateScenarios } from '../../../engine/scenario/generate.ts';
import { findMotifFaults, type ObservedEvent } from '../../../engine/scenario/motifCheck.ts';
import { parseOutcome } from '../../../engine/scenario/outcomeParser.ts';
import { findTextFaults } from '../../../engine/scenario/textCheck.ts';
import type { Condition, Scenario } from '../../../shared/scenario.ts';

const [sample] = generateScenarios({
  domain: 'sports',
  count: 1,
  seed: 4,
  teamSizes: [3],
  cells: [{ P: 2, C: 1, R: 0 }],
});

function withCondition(index: number, change: (condition: Condition) => Condition): Scenario {
  return {
    ...sample,
    conditions: sample.conditions.map((condition, i) => (i === index ? change(condition) : condition)),
  };
}
const checksOf = (scenario: Scenario): ScenarioFault['check'][] => [
  ...new Set(checkScenario(scenario).map(({ check }) => check)),
];

describe('checkScenario', () => {
  it.each(['sports', 'healthcare', 'general'] as const)('agrees with every generated scenario of %s', (domain) => {
    for (const style of ['structured', 'free-form'] as const)
      for (const scenario of generateScenarios({
        domain,
        style,
        count: 400,
        seed: 5,
        teamSizes: [1, 2, 3, 4, 5, 6, 7, 8, 9],
      }))
        expect(checkScenario(scenario), scenario.id).toEqual([]);
  });

  it('finds facts that break the motif', () => {
    const flipped = withCondition(0, (condition) => ({ ...condition, winner: condition.winner === 0 ? 1 : 0 }));
    expect(checksOf(flipped)).toEqual(expect.arrayContaining(['motif', 'facts', 'program']));
    expect(checksOf({ ...sample, motif: { P: 2, C: 0, R: 0, teamSize: 3 } })).toEqual(['motif']);
    expect(checksOf({ ...sample, motif: { P: 2, C: 1, R: 1, teamSize: 3 } })).toEqual(['motif']);
    expect(checksOf({ ...sample, motif: { P: 2, C: 1, R: 0, teamSize: 4 } })).toEqual(['motif']);
    expect(checksOf({ ...sample, focal: undefined })).toEqual(['motif']);
  });

  it('finds a text that tells another result than its facts', () => {
    const [first] = sample.conditions[0].sides ?? [[]];
    const renamed = withCondition(0, (condition) => ({
      ...condition,
      text: condition.text.replace(first[0], 'Zadie'),
    }));
    expect(checksOf(renamed)).toEqual(['facts']);
    expect(checksOf(withCondition(1, (condition) => ({ ...condition, text: 'Nothing happened.' })))).toEqual(['facts']);
  });

  it('finds a program that conditions on something else', () => {
    const program = sample.program?.replace(/^ {2}beats.*\n/m, '');
    expect(checksOf({ ...sample, program })).toEqual(['program']);
  });

  it('finds queries about what is not there', () => {
    const [rank, level, ...rest] = sample.queries;
    const ask = (query: typeof rank): Scenario => ({ ...sample, queries: [rank, query, ...rest] });
    expect(checksOf(ask({ ...level, target: { ...level.target, event: 'round 9' } }))).toEqual(['query']);
    expect(checksOf(ask({ ...level, target: { ...level.target, entity: 'Zadie' } }))).toEqual(['query']);
    expect(checksOf(ask({ ...level, id: rank.id }))).toEqual(['query']);
    const uneven = rest.map((query) => ({
      ...query,
      target: { sides: [['Ada'], ['Bela', 'Chidi']] as [string[], string[]] },
    }));
    expect(checksOf({ ...sample, queries: [rank, level, ...uneven] })).toEqual(['query']);
    const program = sample.program?.replace(`    ${rank.id}: `, '    other: ');
    expect(checksOf({ ...sample, program })).toEqual(['query']);
  });

  it.each([
    'The {group} with the better average wins.',
    'The the better team wins.',
    'A athlete does well.',
    'An runner does well.',
    'It went well , they said.',
    'It went well.,',
    'Two  spaces.',
    'One sentence. another one.',
    'The chance was 70%.',
    'One was ranked below.',
    'They won 3:1.',
    'It {stays} the same.',
    'Ask [NAME] or <TEAM>.',
    'The teams is good.',
    'Greater speed and strength usually goes with more effort.',
    'As planned, Ada beat Bela.',
    'Exposure to noise and fatigue hurt.',
    'They tend to have more good mood.',
  ])('finds the slip in "%s"', (sentence) => {
    expect(checksOf({ ...sample, background: `${sample.background} ${sentence}` })).toEqual(['text']);
  });
});

describe('findTextFaults', () => {
  const texts = (source: Scenario['source'], background: string): string[] =>
    findTextFaults({ ...sample, source, background });
  it('looks for placeholders in every text, and for given-away answers in generated ones', () => {
    expect(texts('human', 'Each costs $5 [about], it says. [NAME] pays.')).toEqual([
      expect.stringContaining('a placeholder: "[NAME]"'),
    ]);
    expect(texts('human', 'the odds were 3:1 .')).toEqual([]);
    expect(texts('llm', 'the odds were even .')).toEqual([expect.stringContaining('a probability: "odds"')]);
  });
});

describe('findMotifFaults', () => {
  const event = (first: string, second: string, winner: 0 | 1 = 0): ObservedEvent => ({
    sides: [first.split(''), second.split('')],
    winner,
  });

  it('tells rotating from fixed teams by hand-made line-ups', () => {
    const rotating = [event('XA', 'BC'), event('XA', 'BD'), event('XA', 'CD')];
    const fixed = [event('XA', 'BC'), event('XA', 'DE'), event('XA', 'BC')];
    const motif = { P: 0, C: 0, R: 0, teamSize: 2 };
    expect(findMotifFaults(motif, 'X', rotating)).toEqual([]);
    expect(findMotifFaults({ ...motif, R: 1 }, 'X', rotating)).toEqual(['R = 1 needs teams that stay together']);
    expect(findMotifFaults({ ...motif, R: 1 }, 'X', fixed)).toEqual([]);
    expect(findMotifFaults(motif, 'X', fixed)).toEqual(['R = 0 needs players that change teams']);
  });

  it('lets the focal entity go from team to team while the teams stay', () => {
    const hosted = [event('XAB', 'DEF'), event('XDE', 'GHI'), event('XGH', 'ABC')];
    expect(findMotifFaults({ P: 0, C: 1, R: 1, teamSize: 3 }, 'X', hosted)).toEqual([]);
  });

  it('counts exceptions', () => {
    const events = [event('XA', 'BC'), event('XA', 'DE', 1), event('XA', 'BC')];
    expect(findMotifFaults({ P: 2, C: 0, R: 1, teamSize: 2 }, 'X', events)).toEqual([]);
    expect(findMotifFaults({ P: 0, C: 0, R: 1, teamSize: 2 }, 'X', events)).toEqual([
      'P = 0 needs 3 wins of 3, found 2',
    ]);
    expect(findMotifFaults({ P: 3, C: 0, R: 1, teamSize: 2 }, 'X', events)).toEqual([
      'P = 3 needs 1 wins of 3, found 2',
    ]);
  });

  it('knows that one-on-one shows neither partners nor rotation', () => {
    expect(findMotifFaults({ P: 0, C: 1, R: 1, teamSize: 1 }, 'X', [])).toEqual([
      'one-on-one cannot show C = 1, R = 1',
    ]);
  });
});

describe('parseOutcome', () => {
  const outcomes = { won: ['beat', 'did better than'], lost: ['lost to'] };
  it('reads sides and winner, and nothing where nothing is compared', () => {
    expect(parseOutcome('Later. In match 1, Ada and Bela lost to Chidi and Dara.', outcomes)).toEqual({
      sides: [
        ['Ada', 'Bela'],
        ['Chidi', 'Dara'],
      ],
      winner: 1,
    });
    expect(parseOutcome('Ada and Bela met Chidi.', outcomes)).toBeUndefined();
  });
});
