/** The stages on a recorded conversation: every good reply passes, realistic mistakes go back with what is wrong, and tries are bounded. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type AskLanguage, converse } from '../../../../engine/scenario/synthesis/conversation.ts';
import { withFacts } from '../../../../engine/scenario/synthesis/parsed.ts';
import {
  DESCRIPTION_INSTRUCTIONS,
  PARSE_INSTRUCTIONS,
  PROGRAM_INSTRUCTIONS,
  SCENARIO_INSTRUCTIONS,
} from '../../../../engine/scenario/synthesis/prompts.ts';
import { readJson, readNumber, readProgram } from '../../../../engine/scenario/synthesis/readReply.ts';
import { describeScenario, parseScenario } from '../../../../engine/scenario/synthesis/stages.ts';
import { synthesizeProgram } from '../../../../engine/scenario/synthesis/synthesize.ts';
import { validateProgram } from '../../../../engine/scenario/synthesis/validate.ts';
import {
  EXAMPLE_DESCRIPTION,
  EXAMPLE_PARSED,
  EXAMPLE_PROGRAM,
  EXAMPLE_SCENARIO,
} from '../../../../engine/scenario/synthesis/workedExample.ts';
import { type Commission, commissionText, writeScenario } from '../../../../engine/scenario/synthesis/writeScenario.ts';
import { createInferencePool } from '../../../../main/processes/inferencePool.ts';
import { queryIdSchema, scenarioIdSchema } from '../../../../shared/identifiers.ts';
import type { LanguageAnswer, LanguageQuestion } from '../../../../shared/language.ts';
import { querySchema, type Scenario } from '../../../../shared/scenario.ts';

const pool = createInferencePool({ workers: 2 });
afterAll(() => pool.stop());
const run: Parameters<typeof validateProgram>[1] = (source, options) => pool.run({ source, options });

const fixture = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../../fixtures/synthesis', name), 'utf8');
const { replies, motif, focal } = JSON.parse(fixture('conversation.json'));
const PROGRAM_REPLY = fixture('program.md');

const said = (text: string, isWhole = true): LanguageAnswer => ({ text, isWhole, inputTokens: 1, outputTokens: 1 });
const STAGE_OF: Readonly<Record<string, string>> = {
  [SCENARIO_INSTRUCTIONS]: 'scenario',
  [PARSE_INSTRUCTIONS]: 'parse',
  [DESCRIPTION_INSTRUCTIONS]: 'description',
  [PROGRAM_INSTRUCTIONS]: 'program',
};

/** A language model that replies from the record; `changed` gives other replies by stage, in turn, before the good one. */
function recorded(changed: Readonly<Record<string, readonly string[]>> = {}): {
  ask: AskLanguage;
  asked: LanguageQuestion[];
} {
  const asked: LanguageQuestion[] = [];
  const ask: AskLanguage = async (question) => {
    const stage = STAGE_OF[question.instructions];
    const before = asked.filter(({ instructions }) => STAGE_OF[instructions] === stage).length;
    asked.push(question);
    return said(changed[stage]?.[before] ?? (stage === 'program' ? PROGRAM_REPLY : replies[stage]));
  };
  return { ask, asked };
}

const commission: Commission = {
  id: scenarioIdSchema.parse('llm-test-1'),
  domain: 'sports',
  style: 'structured',
  motif,
  subdomain: 'kite fighting',
  focal,
  names: ['Ilse', 'Pavel', 'Rosa', 'Kofi', 'Hana', 'Nora', 'Olga'],
  traits: ['string sense'],
  factors: ['alertness (helps)', 'cold (hurts)'],
  events: 4,
};
const written = writeScenario(recorded().ask, commission, 0);

describe('the worked example of the prompts', () => {
  it('passes every check that replies must pass', async () => {
    const scenario: Scenario = {
      id: scenarioIdSchema.parse('example'),
      domain: 'general',
      subdomain: 'sheep herding',
      style: 'structured',
      background: EXAMPLE_SCENARIO.background,
      conditions: EXAMPLE_SCENARIO.conditions.map((text) => ({ text })),
      queries: EXAMPLE_SCENARIO.queries.map((text, i) =>
        querySchema.parse({ id: `q${i + 1}`, text, kind: 'rank', target: {} }),
      ),
      source: 'llm',
    };
    const parse = said(JSON.stringify(EXAMPLE_PARSED));
    const settings = { temperature: 0, repairs: 0, replicate: 0 };
    const read = await parseScenario(async () => parse, scenario, settings);
    await describeScenario(async () => said(JSON.stringify(EXAMPLE_DESCRIPTION)), read.scenario, settings);
    const verdicts = await validateProgram({ ...read.scenario, program: EXAMPLE_PROGRAM }, run, {
      seed: 1,
      effects: { patience: 'helps', weariness: 'hurts' },
    });
    expect(verdicts.filter(({ status }) => status !== 'passed')).toEqual([]);
  }, 60_000);
});

describe('the recorded conversation', () => {
  it('becomes a scenario with its motif, facts by id and a validated program', async () => {
    const scenario = await written;
    expect(commissionText(commission)).toContain('Ilse is on the better side every time but once');
    expect(scenario.conditions[2]).toMatchObject({
      event: 'event 3',
      sides: [
        ['Rosa', 'Hana'],
        ['Ilse', 'Kofi'],
      ],
      winner: 0,
      remark: { entity: 'Ilse', factor: 'cold', isHigh: true },
    });
    expect(scenario.queries.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'q1 rank',
      'q2 percentage',
      'q3 contest',
      'q4 contest',
    ]);
    const result = await synthesizeProgram(
      scenario,
      { ask: recorded().ask, run },
      { seed: 1, programs: 1, repairs: 0 },
    );
    expect(result).toMatchObject({ kind: 'accepted', attempts: { parse: 0, description: 1, program: 1 } });
  }, 60_000);

  const change = (from: string | RegExp, by: string): string => {
    const changed = PROGRAM_REPLY.replace(from, by);
    expect(changed).not.toBe(PROGRAM_REPLY);
    return changed;
  };
  it.each([
    [
      'a loop that the language does not have',
      () =>
        change(
          'return sum(map(function (p) { return flying(p, event); }, team)) / team.length;',
          'var s = 0; for (var i = 0; i < team.length; i++) { s += flying(team[i], event); } return s / team.length;',
        ),
      /loops are not supported. line \d+: .*for/,
    ],
    [
      'a result told the wrong way round',
      () => change("beats(['Rosa', 'Hana'], ['Ilse', 'Kofi'], 3)", "beats(['Ilse', 'Kofi'], ['Rosa', 'Hana'], 3)"),
      /conditions: no evidence states "In the third bout/,
    ],
    [
      'a level that can be no number',
      () => change('(uniform(0, 100) + uniform(0, 100)) / 2', '100 * Math.sqrt(uniform(-0.01, 1))'),
      /finite|runs|NaN/,
    ],
  ])(
    'mends %s, which went back with its reason',
    async (_, broken, reason) => {
      const { ask, asked } = recorded({ program: [broken()] });
      const result = await synthesizeProgram(await written, { ask, run }, { seed: 1, programs: 1, repairs: 1 });
      expect(result).toMatchObject({ kind: 'accepted', attempts: { program: 2 } });
      expect(asked.at(-1)?.turns.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
      expect(asked.at(-1)?.turns.at(-1)?.text).toMatch(reason);
    },
    60_000,
  );

  it('refuses a program that stays wrong, with the check it failed', async () => {
    const wrong = change('own > drawSense()', 'own < drawSense()');
    const { ask, asked } = recorded({ program: [wrong, wrong] });
    const result = await synthesizeProgram(await written, { ask, run }, { seed: 1, programs: 1, repairs: 1 });
    expect(result).toMatchObject({
      kind: 'rejected',
      stage: 'program',
      reason: expect.stringMatching(/in 2 tries.*direction: q1 should be higher after a win of Ilse/s),
    });
    expect(result.verdicts.filter(({ status }) => status === 'failed').map(({ check }) => check)).toEqual([
      'direction',
    ]);
    expect(asked.filter(({ instructions }) => instructions === PROGRAM_INSTRUCTIONS)).toHaveLength(2);
  }, 60_000);

  it('sends a scenario back that does not show its motif, has a placeholder, or cannot be read', async () => {
    const rejected = (reply: string) => writeScenario(recorded({ scenario: [reply] }).ask, commission, 0);
    await expect(rejected(replies.scenario.replace('windy', '[ADJECTIVE]'))).rejects.toThrow(
      /scenario: no good reply in 1 try.*a placeholder: "\[ADJECTIVE\]"/s,
    );
    await expect(writeScenario(recorded().ask, { ...commission, motif: { ...motif, P: 0 } }, 0)).rejects.toThrow(
      'P = 0 needs 4 wins of 4, found 3',
    );
    await expect(rejected('')).rejects.toThrow('reply: it is empty');
    const other = { ...commission, motif: { ...motif, R: 1 } };
    await expect(writeScenario(recorded().ask, other, 2)).rejects.toThrow('scenario: no good reply in 3 tries');
  });
});

describe('withFacts', () => {
  it.each<[string, (text: string) => string, RegExp]>([
    [
      'a condition left out',
      (text) => text.replace(/\{"id": "c1".*?\]\}\]\},\n/s, ''),
      /expected the conditions c1, c2, c3, c4, each once; missing: c1/,
    ],
    [
      'a query under another id',
      (text) => text.replace('"id": "q2"', '"id": "q7"'),
      /missing: q2, unknown or twice: q7/,
    ],
    [
      'a name the text does not have',
      (text) => text.replace('["Rosa", "Kofi"]', '["Rosa", "Zadie"]'),
      /c1 speaks of "Zadie"/,
    ],
    [
      'somebody on both sides',
      (text) => text.replace('["Rosa", "Kofi"]', '["Rosa", "Ilse"]'),
      /c1 has Ilse on both sides/,
    ],
    [
      'an unknown factor',
      (text) => text.replace('"factor": "cold", "event": 3', '"factor": "wind", "event": 3'),
      /the factor "wind" is not among the factors/,
    ],
    [
      'an unknown trait',
      (text) => text.replace('"trait": "string sense"', '"trait": "luck"'),
      /the trait "luck" is not among the traits/,
    ],
    [
      'two events in one condition',
      (text) => text.replace('"remark", "event": 3', '"remark", "event": 2'),
      /c3 may state one result and one remark, both of one event/,
    ],
  ])('refuses %s', async (_, change, message) => {
    const text = change(replies.parse);
    expect(text).not.toBe(replies.parse);
    const { scenario } = JSON.parse(JSON.stringify({ scenario: await written }));
    await expect(
      parseScenario(async () => said(text), scenario, { temperature: 0, repairs: 0, replicate: 0 }),
    ).rejects.toThrow(message);
  });

  it('keeps what is only a setting', async () => {
    const scenario = await written;
    const id = queryIdSchema.parse('q1');
    const read = withFacts(
      { ...scenario, conditions: [{ text: 'It is windy.' }], queries: [{ ...scenario.queries[0], id }] },
      {
        ...EXAMPLE_PARSED,
        traits: ['string sense'],
        conditions: [{ id: 'c1', facts: [] }],
        queries: [{ id, kind: 'rank', entity: 'Ilse', trait: 'string sense' }],
      },
    );
    expect(read.conditions).toEqual([{ text: 'It is windy.' }]);
  });
});

describe('descriptions', () => {
  it.each([
    [
      'in a wrong order',
      /"flying" depends on "cold", which does not come before it/,
      (concepts: unknown[]) => [concepts[0], concepts[1], concepts[3], concepts[2]],
    ],
    ['without a factor', /"cold" is not among the concepts/, (concepts: unknown[]) => [concepts[0], concepts[1]]],
  ])('are refused %s', async (_, message, change) => {
    const description = JSON.parse(replies.description);
    const text = JSON.stringify({ ...description, concepts: change(description.concepts) });
    await expect(
      describeScenario(async () => said(text), await written, { temperature: 0, repairs: 0, replicate: 0 }),
    ).rejects.toThrow(message);
  });
});

describe('reading replies', () => {
  it('says what is wrong with each', () => {
    const schema = querySchema;
    expect(() => readJson(said(''), schema)).toThrow('reply: it is empty');
    expect(() => readJson(said('{"id":', false), schema)).toThrow('reply: it was cut off before its end');
    expect(() => readJson(said('I cannot.'), schema)).toThrow('expected one JSON object, found none');
    expect(() => readJson(said('{"id": }'), schema)).toThrow('the JSON cannot be read');
    expect(() => readJson(said('{"id": "q1"}'), schema)).toThrow('the JSON is not as asked for');
    expect(() => readProgram(said('```js\nflip(0.5)\n```'))).toThrow('expected a program with `var model');
    expect([readNumber(said('Thinking of <3>, then <70>.')), readNumber(said(' 41.'))]).toEqual([70, 41]);
    expect(() => readNumber(said('<101>'))).toThrow('expected one whole number from 0 to 100');
  });

  it('does not send a fault of ours back', async () => {
    const talk = {
      stage: 'parse',
      instructions: '',
      prompt: 'p',
      temperature: 0,
      maxOutputTokens: 1,
      replicate: 0,
      repairs: 5,
    } as const;
    const read = (): never => {
      throw new TypeError('ours');
    };
    await expect(converse(async () => said('x'), { ...talk, read })).rejects.toThrow(TypeError);
  });
});
