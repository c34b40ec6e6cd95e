/**
 * An imitation of a language model for tests: it knows a list of built-in scenarios with their facts and programs, and replies at each stage
 * as a good language model would, from the text of the question alone.
 */
import { DOMAINS } from '../../../engine/scenario/domains/index.ts';
import type { Parsed } from '../../../engine/scenario/synthesis/parsed.ts';
import {
  DESCRIPTION_INSTRUCTIONS,
  PARSE_INSTRUCTIONS,
  PROGRAM_INSTRUCTIONS,
} from '../../../engine/scenario/synthesis/prompts.ts';
import type { Condition, Query, Scenario } from '../../../shared/scenario.ts';
import type { ChatRequest } from './chatServer.ts';

/** A scenario as somebody would bring it: texts without facts, without a program. */
export function withoutFacts(scenario: Scenario): Scenario {
  const { program: _, ...rest } = scenario;
  return {
    ...rest,
    source: 'imported',
    conditions: scenario.conditions.map(({ text }) => ({ text })),
    queries: scenario.queries.map(({ id, text, kind }) => ({ id, text, kind, target: {} })),
  };
}

const numberOf = (event = ''): number => Number(event.split(' ').at(-1));
const fenced = (language: string, text: string): string => `Here it is.\n\`\`\`${language}\n${text}\n\`\`\``;

/** Everything the subject of a scenario lists that its background names. */
function namedIn({ domain, subdomain, background }: Scenario): {
  traits: string[];
  factors: Parsed['factors'][number][];
} {
  const subject = DOMAINS[domain].find(({ name }) => name === subdomain);
  const isNamed = (name: string): boolean => background.toLowerCase().includes(name);
  return {
    traits: (subject?.stable ?? []).filter(isNamed),
    factors: (subject?.episodic ?? [])
      .filter(({ name }) => isNamed(name))
      .map(({ name, helps }) => ({ name, effect: helps ? 'helps' : 'hurts' })),
  };
}

function factsOf({ event, sides, winner, remark }: Condition): Parsed['conditions'][number]['facts'] {
  return [
    ...(sides && winner !== undefined
      ? [{ kind: 'result' as const, event: numberOf(event), winners: sides[winner], losers: sides[1 - winner] }]
      : []),
    ...(remark
      ? [
          {
            kind: 'remark' as const,
            event: numberOf(event),
            entity: remark.entity,
            factor: remark.factor,
            level: remark.isHigh ? ('high' as const) : ('low' as const),
          },
        ]
      : []),
  ];
}

function parsedQuery({ id, kind, target }: Query): Parsed['queries'][number] {
  const { entity = '', factor = '', event, sides } = target;
  if (sides) return { id, kind: 'contest', first: sides[0], second: sides[1] };
  return kind === 'rank'
    ? { id, kind: 'rank', entity, trait: factor }
    : { id, kind: 'percentage', entity, factor, event: numberOf(event) };
}

/** What a good reader writes of `scenario`; conditions and queries in the reverse order, since order must not matter. */
export function parsedReply(scenario: Scenario): string {
  const parsed: Parsed = {
    ...namedIn(scenario),
    conditions: scenario.conditions.map((condition, i) => ({ id: `c${i + 1}`, facts: factsOf(condition) })).reverse(),
    queries: scenario.queries.map(parsedQuery).reverse(),
  };
  return fenced('json', JSON.stringify(parsed, null, 2));
}

export function descriptionReply(scenario: Scenario): string {
  const { traits, factors } = namedIn(scenario);
  const concepts = [
    ...traits.map((name) => ({ name, dependsOn: [] })),
    ...factors.map(({ name }) => ({ name, dependsOn: traits })),
    { name: 'performance', dependsOn: [...traits, ...factors.map(({ name }) => name)] },
  ];
  return fenced(
    'json',
    JSON.stringify({ description: `Everybody has ${traits.join(' and ')}, the same all along.`, concepts }),
  );
}

export const programReply = ({ program = '' }: Scenario): string => fenced('js', program.trimEnd());

/** Replies for `scenarios`, told apart by their backgrounds; an answer in brackets where a query itself is asked. */
export function imitate(scenarios: readonly Scenario[]): (request: ChatRequest) => string {
  return ({ messages }) => {
    const [system, question] =
      messages[0].role === 'system' ? [messages[0].content, messages[1].content] : ['', messages[0].content];
    const scenario = scenarios.find(({ background }) => question.includes(background));
    if (!scenario) return 'I do not know this text.';
    if (system === PARSE_INSTRUCTIONS) return parsedReply(scenario);
    if (system === DESCRIPTION_INSTRUCTIONS) return descriptionReply(scenario);
    if (system === PROGRAM_INSTRUCTIONS) return programReply(scenario);
    return `I would say <${question.length % 101}>.`;
  };
}
