/** Structured text: a plan as background, one sentence per event and one per query, each worded in one of several ways. */
import type { Condition, Query } from '../../shared/scenario.ts';
import { pick, type Random } from '../random.ts';
import type { EpisodicFactor, Subject } from './domains/subject.ts';
import type { PlannedEvent, PlannedQuery, ScenarioPlan } from './plan.ts';
import { capitalize, listText, numberWord, ordinalWord, withArticle } from './wording.ts';

/** The fact behind a condition's `event` and a query's `target.event`: `match 2`. */
export const eventId = (subject: Subject, number: number): string => `${subject.event.one} ${number}`;

/** How events are named throughout one scenario. */
type EventNaming = (number: number) => string;

function chooseNaming(random: Random, subject: Subject): EventNaming {
  const isOrdinal = random.uniform() < 0.5;
  return (number) => (isOrdinal ? `the ${ordinalWord(number)} ${subject.event.one}` : eventId(subject, number));
}

function settingText(random: Random, { subject, motif }: ScenarioPlan): string {
  const { activity, entity, group, event } = subject;
  const sides = motif.teamSize === 1 ? 'one against one' : `in ${group.many} of ${numberWord(motif.teamSize)}`;
  return pick(random, [
    `It is a day of ${activity}, and the ${entity.many} compete ${sides}.`,
    `Some ${entity.many} meet for a day of ${activity}. In every ${event.one} they compete ${sides}.`,
    `On a day of ${activity}, ${entity.many} face each other ${sides}.`,
  ]);
}

function causesText(random: Random, { subject, traits, factors }: ScenarioPlan): string {
  const { entity, event } = subject;
  const stays = traits.length === 1 ? 'stays' : 'stay';
  const changes = factors.length === 1 ? 'changes' : 'change';
  const stable = listText(traits);
  const episodic = listText(factors.map(({ name }) => name));
  return pick(random, [
    `How well ${withArticle(entity.one)} does depends on ${stable}, which ${stays} the same all day, and on ${episodic}, which ${changes} from ${event.one} to ${event.one}.`,
    `Two kinds of things decide how well ${withArticle(entity.one)} does: ${stable}, which ${stays} the same all day, and ${episodic}, which ${changes} with every ${event.one}.`,
    `What ${withArticle(entity.one)} achieves comes from ${stable}, the same all day, and from ${episodic}, different in each ${event.one}.`,
  ]);
}

/** `more effort and less fatigue`. */
const tendencyText = (factors: readonly EpisodicFactor[]): string =>
  listText(factors.map(({ name, helps }) => `${helps ? 'more' : 'less'} ${name}`));

function directionText({ factors }: ScenarioPlan): string {
  const helping = factors.filter(({ helps }) => helps).map(({ name }) => name);
  const harming = factors.filter(({ helps }) => !helps).map(({ name }) => name);
  const parts = [
    helping.length > 0 ? `${listText(helping)} ${helping.length === 1 ? 'helps' : 'help'}` : '',
    harming.length > 0 ? `${listText(harming)} ${harming.length === 1 ? 'hurts' : 'hurt'}` : '',
  ].filter(Boolean);
  return `${capitalize(parts.join(', while '))}.`;
}

function tendency(random: Random, { subject, traits, factors }: ScenarioPlan): string {
  const { entity } = subject;
  return pick(random, [
    `${capitalize(entity.many)} with more ${listText(traits)} tend to have ${tendencyText(factors)}.`,
    `More ${listText(traits)} usually goes with ${tendencyText(factors)}.`,
  ]);
}

function luckText(random: Random, { subject, motif }: ScenarioPlan): string {
  if (motif.teamSize === 1)
    return `The better ${subject.entity.one} on the day usually wins, with a little luck involved.`;
  const { one } = subject.group;
  return pick(random, [
    `${capitalize(withArticle(one))} is as good as its average member, and the better ${one} usually wins, with a little luck involved.`,
    `The ${one} with the better average usually wins; luck plays a small part.`,
  ]);
}

/** The background: setting, what is stable, what changes, how they go together, how sides compare. */
export function renderBackground(random: Random, plan: ScenarioPlan): string {
  return [
    settingText(random, plan),
    causesText(random, plan),
    directionText(plan),
    tendency(random, plan),
    luckText(random, plan),
  ].join(' ');
}

function conditionText(random: Random, subject: Subject, event: PlannedEvent, naming: EventNaming): string {
  const [first, second] = event.sides.map(listText);
  const place = naming(event.number);
  const phrase = pick(random, event.winner === 0 ? subject.outcomes.won : subject.outcomes.lost);
  return pick(random, [`In ${place}, ${first} ${phrase} ${second}.`, `${first} ${phrase} ${second} in ${place}.`]);
}

function rankText(random: Random, subject: Subject, entity: string, trait: string): string {
  return pick(random, [
    `Out of 100 random ${subject.entity.many}, where does ${entity} rank in ${trait}?`,
    `Among 100 random ${subject.entity.many}, what is ${entity}'s rank in ${trait}?`,
  ]);
}

function percentageText(random: Random, entity: string, factor: string, place: string): string {
  return pick(random, [
    `From 0 to 100, how high was ${entity}'s ${factor} in ${place}?`,
    `On a scale from 0 to 100, what was ${entity}'s level of ${factor} in ${place}?`,
  ]);
}

function contestText(random: Random, { subject, motif }: ScenarioPlan, sides: readonly [string, string]): string {
  const side = motif.teamSize === 1 ? 'Side' : 'Team';
  const [first, second] = sides;
  return pick(random, [
    `In a new ${subject.event.one} later the same day, ${first} (${side} 1) will face ${second} (${side} 2). How likely is ${side} 2 to win?`,
    `Later that day ${first} (${side} 1) will meet ${second} (${side} 2) in a new ${subject.event.one}. How likely is it that ${side} 2 wins?`,
  ]);
}

function renderQuery(random: Random, plan: ScenarioPlan, query: PlannedQuery, naming: EventNaming): Query {
  const { subject } = plan;
  const { id, kind } = query;
  if (kind === 'rank') {
    const target = { entity: query.entity, factor: query.trait };
    return { id, kind, text: rankText(random, subject, query.entity, query.trait), target };
  }
  if (kind === 'percentage') {
    const text = percentageText(random, query.entity, query.factor.name, naming(query.event));
    const target = { entity: query.entity, factor: query.factor.name, event: eventId(subject, query.event) };
    return { id, kind, text, target };
  }
  const sides: [string[], string[]] = [[...query.sides[0]], [...query.sides[1]]];
  return { id, kind, text: contestText(random, plan, [listText(sides[0]), listText(sides[1])]), target: { sides } };
}

/** Background, conditions and queries of `plan` in words. */
export function renderStructured(
  random: Random,
  plan: ScenarioPlan,
): { background: string; conditions: Condition[]; queries: Query[] } {
  const naming = chooseNaming(random.split('naming'), plan.subject);
  const conditions = plan.events.map(
    (event): Condition => ({
      text: conditionText(random.split('condition', event.number), plan.subject, event, naming),
      event: eventId(plan.subject, event.number),
      sides: [[...event.sides[0]], [...event.sides[1]]],
      winner: event.winner,
    }),
  );
  const queries = plan.queries.map((query) => renderQuery(random.split('query', query.id), plan, query, naming));
  return { background: renderBackground(random.split('background'), plan), conditions, queries };
}
