/**
 * Writing scenarios by a language model: it is given a subject, names and a motif, its text is read back, and what was read must show the
 * motif; else the text goes back to it. **Source:** ppt §1.2–1.6; the words are ours.
 */

import { z } from 'zod';
import { UserError } from '../../../shared/errors.ts';
import { queryIdSchema, scenarioIdSchema } from '../../../shared/identifiers.ts';
import type { LanguageAnswer } from '../../../shared/language.ts';
import type { Query, Scenario } from '../../../shared/scenario.ts';
import { pick, type Random, shuffled } from '../../random.ts';
import { DOMAINS } from '../domains/index.ts';
import type { ScenarioOptions } from '../generate.ts';
import { rosterSize } from '../lineups.ts';
import { findMotifFaults, observedEvents } from '../motifCheck.ts';
import { namesFor } from '../names.ts';
import { findTextFaults } from '../textCheck.ts';
import { listText, numberWord } from '../wording.ts';
import { type AskLanguage, converse, StageFailed } from './conversation.ts';
import { SCENARIO_INSTRUCTIONS } from './prompts.ts';
import { readJson } from './readReply.ts';
import { parseScenario, talkOf } from './stages.ts';

const writtenSchema = z.strictObject({
  background: z.string().min(40).max(10_000),
  conditions: z.array(z.string().min(10).max(2000)).min(3).max(12),
  queries: z.array(z.string().min(10).max(1000)).min(3).max(8),
});

const TEMPERATURE = 0.7;
const SPARE_NAMES = 2;

/** What the writer is given, drawn from a seed. */
export type Commission = ScenarioOptions & {
  readonly subdomain: string;
  readonly focal: string;
  readonly names: readonly string[];
  readonly traits: readonly string[];
  readonly factors: readonly string[];
  readonly events: number;
};

/** Draws subject, names, traits, factors and the number of events for one scenario. */
export function commissionScenario(random: Random, options: ScenarioOptions): Commission {
  const subject = options.subject ?? pick(random.split('subject'), DOMAINS[options.domain]);
  const names = shuffled(random.split('names'), namesFor(subject)).slice(0, rosterSize(options.motif) + SPARE_NAMES);
  const sizes = random.split('sizes');
  const isFree = options.style === 'free-form';
  return {
    ...options,
    subdomain: subject.name,
    focal: names[0],
    names,
    traits: shuffled(random.split('traits'), subject.stable).slice(0, 1 + sizes.integer(2)),
    factors: shuffled(random.split('factors'), subject.episodic)
      .slice(0, (isFree ? 2 : 1) + sizes.integer(3))
      .map(({ name, helps }) => `${name} (${helps ? 'helps' : 'hurts'})`),
    events: isFree ? 3 + sizes.integer(4) : 3 + sizes.integer(2),
  };
}

const OUTCOMES = [
  'is on the better side every time',
  'is on the worse side every time',
  'is on the better side every time but once',
  'is on the worse side every time but once',
];
const PARTNERS = [
  'has the same team-mates every time',
  'has mostly different team-mates from event to event, at least three different sets, two of which share at most half of their members',
];
const ROTATIONS = [
  'change teams from event to event',
  'stay together in the same teams throughout, and never meet a team-mate as an opponent',
];

function motifText({ motif, focal, events }: Commission): string {
  const { P, C, R, teamSize } = motif;
  const own = `In all ${numberWord(events)} events ${focal} takes part; ${focal} ${OUTCOMES[P]}.`;
  if (teamSize === 1) return `${own} Every event is one against one.`;
  return `${own} Every side has ${numberWord(teamSize)} members. ${focal} ${PARTNERS[C]}. The others ${ROTATIONS[R]}${C === 1 && R === 1 ? `, except that one of a team makes room for ${focal}` : ''}.`;
}

const STYLE_TEXT = {
  structured: 'Write plainly, one sentence per condition, and four queries.',
  'free-form':
    "Write it as a document of your choice (a story, notes, a recap, a chat, a report), the background being its opening and the conditions its passages in order, with three to six queries. One result comes as a surprise, and somebody's factor that looked high or low explains it or makes it so.",
} as const;

/** The task as the writer reads it. */
export function commissionText(commission: Commission): string {
  const { domain, subdomain, style, names, traits, factors, events } = commission;
  return [
    `Field: ${domain}, ${subdomain}.`,
    `Traits that stay the same: ${listText(traits)}. Factors that change from event to event: ${listText(factors)}.`,
    `Events: ${numberWord(events)}, one condition each. Names: ${names.slice(0, -SPARE_NAMES).join(', ')}; newcomers, for queries only: ${names.slice(-SPARE_NAMES).join(', ')}.`,
    motifText(commission),
    ...(domain === 'healthcare'
      ? [
          'Patients are looked after in two places, whose care may differ; say in the background who is looked after where, without hinting which is better.',
        ]
      : []),
    STYLE_TEXT[style],
  ].join('\n');
}

function draftOf(commission: Commission, written: z.infer<typeof writtenSchema>): Scenario {
  const { id, domain, subdomain, style, motif, focal, seed } = commission;
  return {
    id: scenarioIdSchema.parse(id),
    domain,
    subdomain,
    style,
    motif,
    focal,
    background: written.background,
    conditions: written.conditions.map((text) => ({ text })),
    queries: written.queries.map(
      (text, i): Query => ({ id: queryIdSchema.parse(`q${i + 1}`), text, kind: 'rank', target: {} }),
    ),
    source: 'llm',
    ...(seed === undefined ? {} : { seed }),
  };
}

/** Throws UserError with all that a scenario with facts gets wrong. */
function checkWritten(scenario: Scenario): void {
  const { motif, focal = '', conditions, queries } = scenario;
  const kinds = new Set(queries.map(({ kind }) => kind));
  const faults = [
    ...(motif ? findMotifFaults(motif, focal, observedEvents(conditions)) : []),
    ...findTextFaults(scenario),
    ...(['rank', 'percentage', 'contest'] as const)
      .filter((kind) => !kinds.has(kind))
      .map((kind) => `no query asks for a ${kind}`),
  ];
  if (faults.length > 0) throw new UserError(`scenario: ${faults.join('; ')}`);
}

/** A scenario with its facts, without a program. Throws StageFailed. */
export async function writeScenario(ask: AskLanguage, commission: Commission, repairs: number): Promise<Scenario> {
  const { value } = await converse(ask, {
    ...talkOf('scenario', { temperature: TEMPERATURE, repairs, replicate: commission.seed ?? 0 }),
    instructions: SCENARIO_INSTRUCTIONS,
    prompt: commissionText(commission),
    read: async (answer: LanguageAnswer) => {
      const draft = draftOf(commission, readJson(answer, writtenSchema));
      const read = await parseScenario(ask, draft, { temperature: 0, repairs, replicate: 0 }).catch(
        (error: unknown) => {
          if (error instanceof StageFailed) throw new UserError(`scenario: it could not be read: ${error.message}`);
          throw error;
        },
      );
      checkWritten(read.scenario);
      return read.scenario;
    },
  });
  return value;
}
