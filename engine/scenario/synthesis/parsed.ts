/**
 * Parsed scenario: conditions and queries as a language model read them, each under the id it was given, and what is done with them: they
 * become the facts of a scenario. Nothing is paired by order.
 */
import { z } from 'zod';
import { UserError } from '../../../shared/errors.ts';
import type { Condition, Query, Scenario } from '../../../shared/scenario.ts';

const names = z.array(z.string().min(1)).min(1);
const event = z.number().int().min(1);

/** What a condition states; one without a fact only tells of the setting. */
const factSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('result'), event, winners: names, losers: names }),
  z.strictObject({
    kind: z.literal('remark'),
    event,
    entity: z.string(),
    factor: z.string(),
    level: z.enum(['high', 'low']),
  }),
]);

const parsedQuerySchema = z.discriminatedUnion('kind', [
  z.strictObject({ id: z.string(), kind: z.literal('rank'), entity: z.string(), trait: z.string() }),
  z.strictObject({ id: z.string(), kind: z.literal('percentage'), entity: z.string(), factor: z.string(), event }),
  z.strictObject({ id: z.string(), kind: z.literal('contest'), first: names, second: names }),
]);

export const parsedSchema = z.strictObject({
  traits: names,
  factors: z.array(z.strictObject({ name: z.string().min(1), effect: z.enum(['helps', 'hurts']) })).min(1),
  conditions: z.array(z.strictObject({ id: z.string(), facts: z.array(factSchema).max(2) })),
  queries: z.array(parsedQuerySchema),
});
export type Parsed = Readonly<z.infer<typeof parsedSchema>>;

/** The id of the condition at `index`; conditions have none of their own. */
export const conditionId = (index: number): string => `c${index + 1}`;
export const eventName = (number: number): string => `event ${number}`;

/** How the factors of a parsed scenario work. */
export const effectsOf = ({ factors }: Parsed): Record<string, 'helps' | 'hurts'> =>
  Object.fromEntries(factors.map(({ name, effect }) => [name, effect]));

/** Whether a scenario's facts are known already. */
export const hasFacts = ({ conditions, queries }: Scenario): boolean =>
  conditions.some(({ sides, remark }) => sides !== undefined || remark !== undefined) &&
  queries.every(({ target }) => target.entity !== undefined || target.sides !== undefined);

function checkIds(what: string, expected: readonly string[], received: readonly string[]): void {
  const missing = expected.filter((id) => !received.includes(id));
  const extra = received.filter((id, i) => !expected.includes(id) || received.indexOf(id) !== i);
  if (missing.length + extra.length === 0) return;
  throw new UserError(
    `parse: expected the ${what} ${expected.join(', ')}, each once; missing: ${missing.join(', ') || 'none'}, unknown or twice: ${extra.join(', ') || 'none'}`,
  );
}

/** Throws UserError where `words` are not in `text`. */
function checkNamed(id: string, text: string, words: readonly string[]): void {
  const absent = words.find((word) => !text.toLowerCase().includes(word.toLowerCase()));
  if (absent !== undefined)
    throw new UserError(`parse: ${id} speaks of "${absent}", which its text does not name: "${text}"`);
}

function factsOf(condition: Condition, { id, facts }: Parsed['conditions'][number]): Condition {
  const results = facts.filter((fact) => fact.kind === 'result');
  const remarks = facts.filter((fact) => fact.kind === 'remark');
  const events = new Set(facts.map((fact) => fact.event));
  if (results.length > 1 || remarks.length > 1 || events.size > 1)
    throw new UserError(`parse: ${id} may state one result and one remark, both of one event`);
  const [[result], [remark]] = [results, remarks];
  if (result) checkNamed(id, condition.text, [...result.winners, ...result.losers]);
  if (remark) checkNamed(id, condition.text, [remark.entity]);
  const both = result?.winners.find((name) => result.losers.includes(name));
  if (both !== undefined) throw new UserError(`parse: ${id} has ${both} on both sides`);
  return {
    text: condition.text,
    ...(facts.length > 0 ? { event: eventName(facts[0].event) } : {}),
    ...(result ? { sides: [result.winners, result.losers], winner: 0 as const } : {}),
    ...(remark ? { remark: { entity: remark.entity, factor: remark.factor, isHigh: remark.level === 'high' } } : {}),
  };
}

function targetOf(query: Query, parsed: Parsed['queries'][number]): Pick<Query, 'kind' | 'target'> {
  switch (parsed.kind) {
    case 'rank':
      checkNamed(query.id, query.text, [parsed.entity]);
      return { kind: 'rank', target: { entity: parsed.entity, factor: parsed.trait } };
    case 'percentage':
      checkNamed(query.id, query.text, [parsed.entity]);
      return {
        kind: 'percentage',
        target: { entity: parsed.entity, factor: parsed.factor, event: eventName(parsed.event) },
      };
    case 'contest':
      checkNamed(query.id, query.text, [...parsed.first, ...parsed.second]);
      return { kind: 'contest', target: { sides: [parsed.first, parsed.second] } };
    default:
      return parsed satisfies never;
  }
}

function checkKnown(parsed: Parsed): void {
  const factors = parsed.factors.map(({ name }) => name);
  const remarked = parsed.conditions.flatMap(({ facts }) =>
    facts.flatMap((fact) => (fact.kind === 'remark' ? [fact.factor] : [])),
  );
  const asked = parsed.queries.flatMap((query) => (query.kind === 'percentage' ? [query.factor] : []));
  const unknown = [...remarked, ...asked].find((name) => !factors.includes(name));
  if (unknown !== undefined)
    throw new UserError(`parse: the factor "${unknown}" is not among the factors (${factors.join(', ')})`);
  const traits = parsed.queries.flatMap((query) => (query.kind === 'rank' ? [query.trait] : []));
  const other = traits.find((name) => !parsed.traits.includes(name));
  if (other !== undefined)
    throw new UserError(`parse: the trait "${other}" is not among the traits (${parsed.traits.join(', ')})`);
}

/** `scenario` with the facts that were read from it. Throws UserError, worded for who read it, where they do not fit the text. */
export function withFacts(scenario: Scenario, parsed: Parsed): Scenario {
  checkIds(
    'conditions',
    scenario.conditions.map((_, i) => conditionId(i)),
    parsed.conditions.map(({ id }) => id),
  );
  checkIds(
    'queries',
    scenario.queries.map(({ id }) => id),
    parsed.queries.map(({ id }) => id),
  );
  checkKnown(parsed);
  const byId = <T extends { readonly id: string }>(list: readonly T[], id: string): T | undefined =>
    list.find((item) => item.id === id);
  return {
    ...scenario,
    conditions: scenario.conditions.map((condition, i) => {
      const found = byId(parsed.conditions, conditionId(i));
      return found ? factsOf(condition, found) : condition;
    }),
    queries: scenario.queries.map((query) => {
      const found = byId(parsed.queries, query.id);
      return found ? { ...query, ...targetOf(query, found) } : query;
    }),
  };
}
