/** Free-form text: a plan as one of several kinds of document, without headings, its queries asked without naming the scale. */
import type { Condition } from '../../shared/scenario.ts';
import { pick, type Random } from '../random.ts';
import { DOCUMENTS, type FreeFormDocument } from './documents.ts';
import { FRAMES } from './frames.ts';
import type { PlannedEvent, ScenarioPlan } from './plan.ts';
import {
  chooseNaming,
  directionText,
  type EventNaming,
  eventFacts,
  eventId,
  eventSlots,
  planSlots,
  renderQueries,
  type ScenarioText,
  siteConditions,
  siteText,
} from './structuredText.ts';
import { capitalize, fill } from './wording.ts';

function introSlots(random: Random, plan: ScenarioPlan): Record<string, string> {
  const frame = FRAMES[plan.domain];
  const slots = planSlots(plan);
  const say = (templates: readonly string[]): string => fill(pick(random, templates), slots);
  const luck = say(plan.motif.teamSize === 1 ? frame.luckOfSingles : frame.luckOfGroups);
  const care = [...siteText(random, plan), ...siteConditions(plan).map(({ text }) => text)];
  const [head, aide, judge] = frame.writers;
  const whole = [luck, ...care].join(' ');
  return {
    ...slots,
    occasion: fill(frame.occasion, slots).replace(/^A/, 'a'),
    compete: frame.compete,
    toCompete: frame.toCompete,
    direction: directionText(plan.factors),
    tendencyText: say(frame.tendency),
    luck: whole,
    luckLower: whole.charAt(0).toLowerCase() + whole.slice(1),
    Event: capitalize(plan.subject.event.one),
    head,
    headLower: head.toLowerCase(),
    aide,
    judge,
  };
}

function remarkTemplates(document: FreeFormDocument, { surprise }: PlannedEvent): readonly string[] {
  if (surprise === undefined) return document.remark;
  return surprise === 'explained' ? document.reason : document.despite;
}

function eventText(
  random: Random,
  plan: ScenarioPlan,
  event: PlannedEvent,
  style: { document: FreeFormDocument; naming: EventNaming },
): string {
  const { document, naming } = style;
  const [head, aide, judge] = FRAMES[plan.domain].writers;
  const slots = {
    ...eventSlots(random, plan, event, naming),
    Place: capitalize(naming(event.number)),
    number: String(event.number),
    better: event.winner === 0 ? 'first' : 'second',
    head,
    aide,
    judge,
  };
  const told = fill(pick(random, event.surprise ? document.surprise : document.event), slots);
  if (!event.remark) return told;
  const { entity, factor, isHigh } = event.remark;
  const remark = pick(random, remarkTemplates(document, event));
  return `${told} ${fill(remark, { who: entity, factor: factor.name, level: isHigh ? 'high' : 'low' })}`;
}

/** `plan` as a document of a random kind: the introduction is the background, each event a condition. */
export function renderFreeForm(random: Random, plan: ScenarioPlan): ScenarioText {
  const document = pick(random.split('document'), DOCUMENTS);
  const naming: EventNaming =
    document.name === 'table'
      ? (number) => eventId(plan.subject, number)
      : chooseNaming(random.split('naming'), plan.subject);
  const intro = random.split('intro');
  const conditions = plan.events.map((event): Condition => {
    const text = eventText(random.split('condition', event.number), plan, event, { document, naming });
    return { text, ...eventFacts(plan.subject, event) };
  });
  return {
    background: fill(pick(intro, document.intro), introSlots(intro, plan)),
    conditions,
    queries: renderQueries(random.split('queries'), plan, naming),
  };
}
