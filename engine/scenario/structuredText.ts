/** Structured text: a plan as background, one sentence per event and one per query, each worded in one of several ways. */
import type { Condition, Query } from '../../shared/scenario.ts';
import { pick, type Random } from '../random.ts';
import type { EpisodicFactor, Subject } from './domains/subject.ts';
import { FRAMES, type Frame } from './frames.ts';
import type { PlannedEvent, PlannedQuery, ScenarioPlan, Sides } from './plan.ts';
import { capitalize, fill, listText, numberWord, ordinalWord, withArticle } from './wording.ts';

/** The text of a scenario: what `Scenario` holds in words, with the facts beside them. */
export type ScenarioText = { readonly background: string; readonly conditions: Condition[]; readonly queries: Query[] };

/** The fact behind a condition's `event` and a query's `target.event`: `match 2`. */
export const eventId = (subject: Subject, number: number): string => `${subject.event.one} ${number}`;

/** How events are named throughout one scenario. */
export type EventNaming = (number: number) => string;

/** Either `the second match` or `match 2`. */
export function chooseNaming(random: Random, subject: Subject): EventNaming {
  const isOrdinal = random.uniform() < 0.5;
  return (number) => (isOrdinal ? `the ${ordinalWord(number)} ${subject.event.one}` : eventId(subject, number));
}

/** `more effort and less fatigue`; a quality is better, not more. */
const tendencyText = (factors: readonly EpisodicFactor[]): string =>
  listText(
    factors.map(({ name, helps }) => {
      if (!helps) return `less ${name}`;
      return /(quality|condition|technique|care|comfort)$/.test(name) ? `better ${name}` : `more ${name}`;
    }),
  );

/** `Effort helps, while fatigue hurts.` */
export function directionText(factors: readonly EpisodicFactor[]): string {
  const helping = factors.filter(({ helps }) => helps).map(({ name }) => name);
  const harming = factors.filter(({ helps }) => !helps).map(({ name }) => name);
  const parts = [
    helping.length > 0 ? `${listText(helping)} ${helping.length === 1 ? 'helps' : 'help'}` : '',
    harming.length > 0 ? `${listText(harming)} ${harming.length === 1 ? 'hurts' : 'hurt'}` : '',
  ].filter(Boolean);
  return `${capitalize(parts.join(', while '))}.`;
}

/** `in teams of two`, with the one event that is between single entities, if there is one. */
function sidesText({ subject, motif, events }: ScenarioPlan): string {
  if (motif.teamSize === 1) return 'one against one';
  const teams = `in ${subject.group.many} of ${numberWord(motif.teamSize)}`;
  return events.some(({ sides }) => sides[0].length === 1) ? `${teams} and once one against one` : teams;
}

/** The slots that a plan fills whatever the sentence. */
export function planSlots(plan: ScenarioPlan): Record<string, string> {
  const { subject, motif, traits, factors, domain } = plan;
  const { activity, entity, group, event, span } = subject;
  const isSingle = motif.teamSize === 1;
  return {
    activity,
    entity: entity.one,
    entities: entity.many,
    anEntity: withArticle(entity.one),
    group: group.one,
    aGroup: withArticle(group.one),
    groups: group.many,
    event: event.one,
    events: event.many,
    span,
    sides: sidesText(plan),
    traits: listText(traits),
    stays: traits.length === 1 ? 'stays' : 'stay',
    goes: traits.length === 1 ? 'goes' : 'go',
    factors: listText(factors.map(({ name }) => name)),
    changes: factors.length === 1 ? 'changes' : 'change',
    tendency: tendencyText(factors),
    side: isSingle ? 'Side' : FRAMES[domain].side,
  };
}

/** Why it matters who looks after whom, where somebody does. */
export function siteText(random: Random, { domain, sites }: ScenarioPlan): string[] {
  const templates = FRAMES[domain].sites;
  if (!templates || !sites) return [];
  return [fill(pick(random, templates), { siteOne: sites.names[0], siteTwo: sites.names[1] })];
}

/** The background: setting, what is stable, what changes, how they go together, how sides compare. */
export function renderBackground(random: Random, plan: ScenarioPlan): string {
  const frame = FRAMES[plan.domain];
  const slots = planSlots(plan);
  const say = (templates: readonly string[]): string => fill(pick(random, templates), slots);
  return [
    say(frame.setting),
    say(frame.causes),
    directionText(plan.factors),
    say(frame.tendency),
    ...siteText(random, plan),
    say(plan.motif.teamSize === 1 ? frame.luckOfSingles : frame.luckOfGroups),
  ].join(' ');
}

/** The slots of a comparison as it was observed. */
export function eventSlots(
  random: Random,
  plan: ScenarioPlan,
  event: PlannedEvent,
  naming: EventNaming,
): Record<string, string> {
  const { won, lost } = plan.subject.outcomes;
  const [first, second] = event.sides.map(listText);
  return {
    ...planSlots(plan),
    first,
    second,
    won: pick(random, event.winner === 0 ? won : lost),
    place: naming(event.number),
  };
}

const mutable = (sides: Sides): [string[], string[]] => [[...sides[0]], [...sides[1]]];

/** The facts of an event, to stand beside its text. */
export const eventFacts = (
  subject: Subject,
  { number, sides, winner, remark }: PlannedEvent,
): Omit<Condition, 'text'> => ({
  event: eventId(subject, number),
  sides: mutable(sides),
  winner,
  ...(remark ? { remark: { entity: remark.entity, factor: remark.factor.name, isHigh: remark.isHigh } } : {}),
});

function queryTemplates(frame: Frame, kind: PlannedQuery['kind'], isOpen: boolean): readonly string[] {
  if (kind === 'rank') return isOpen ? frame.openRank : frame.rank;
  if (kind === 'percentage') return isOpen ? frame.openPercentage : frame.percentage;
  return isOpen ? frame.openContest : frame.contest;
}

function queryTarget(subject: Subject, query: PlannedQuery): Query['target'] {
  if (query.kind === 'rank') return { entity: query.entity, factor: query.trait };
  if (query.kind === 'percentage')
    return { entity: query.entity, factor: query.factor.name, event: eventId(subject, query.event) };
  return { sides: mutable(query.sides) };
}

function querySlots(query: PlannedQuery, naming: EventNaming): Record<string, string> {
  if (query.kind === 'rank') return { who: query.entity, trait: query.trait };
  if (query.kind === 'percentage') return { who: query.entity, factor: query.factor.name, place: naming(query.event) };
  return { first: listText(query.sides[0]), second: listText(query.sides[1]) };
}

/** The queries of `plan` in words; the events they name are called as `naming` does. */
export const renderQueries = (random: Random, plan: ScenarioPlan, naming: EventNaming): Query[] =>
  plan.queries.map((query) => {
    const template = pick(
      random.split(query.id),
      queryTemplates(FRAMES[plan.domain], query.kind, plan.style === 'free-form'),
    );
    const text = fill(template, { ...planSlots(plan), ...querySlots(query, naming) });
    return { id: query.id, kind: query.kind, text, target: queryTarget(plan.subject, query) };
  });

/** Which entities are cared for where, as a condition of its own. */
export function siteConditions({ sites }: ScenarioPlan): Condition[] {
  if (sites === undefined) return [];
  const [first, second] = sites.names.map((name, i) => ({ name, entities: sites.members[i] }));
  const text = `${first.name} looks after ${listText(first.entities)}; ${second.name} looks after ${listText(second.entities)}.`;
  return [{ text: capitalize(text) }];
}

/** Background, conditions and queries of `plan` in words. */
export function renderStructured(random: Random, plan: ScenarioPlan): ScenarioText {
  const naming = chooseNaming(random.split('naming'), plan.subject);
  const { condition } = FRAMES[plan.domain];
  const conditions = plan.events.map((event): Condition => {
    const stream = random.split('condition', event.number);
    const text = fill(pick(stream, condition), eventSlots(stream, plan, event, naming));
    return { text, ...eventFacts(plan.subject, event) };
  });
  return {
    background: renderBackground(random.split('background'), plan),
    conditions: [...siteConditions(plan), ...conditions],
    queries: renderQueries(random.split('queries'), plan, naming),
  };
}
