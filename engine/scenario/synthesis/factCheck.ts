/** Fact check: whether a program's evidence and answers are those of its scenario, matched by what they say and never by their order. */
import type { Query, Scenario } from '../../../shared/scenario.ts';
import { isEvent, isNamedFor } from './contract.ts';
import type { AnswerPart, EvidencePart, ProgramParts } from './programParts.ts';

const isSameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && [...a].sort().join() === [...b].sort().join();

/** A fact of the scenario in the program's terms, with the condition it comes from. */
type Fact = { readonly text: string; readonly fits: (part: EvidencePart) => boolean };

/** What `conditions` state: one fact per result and one per remark. */
function factsOf({ conditions }: Scenario): Fact[] {
  return conditions.flatMap(({ text, event = '', sides, winner, remark }): Fact[] => {
    const facts: Fact[] = [];
    if (sides && winner !== undefined)
      facts.push({
        text,
        fits: (part) =>
          part.kind === 'result' &&
          isEvent(part.event, event) &&
          isSameSet(part.winners, sides[winner]) &&
          isSameSet(part.losers, sides[1 - winner]),
      });
    if (remark)
      facts.push({
        text,
        fits: (part) =>
          part.kind === 'remark' &&
          isEvent(part.event, event) &&
          part.isHigh === remark.isHigh &&
          part.entity === remark.entity &&
          isNamedFor(part.factor, remark.factor),
      });
    return facts;
  });
}

export const evidenceName = (part: EvidencePart): string =>
  part.kind === 'result'
    ? `beats([${part.winners.join(', ')}], [${part.losers.join(', ')}], ${part.event})`
    : `${part.isHigh ? 'seemsHigh' : 'seemsLow'}(${part.factor}(${part.entity}, ${part.event}))`;

/** Facts the program does not condition on, and what it conditions on without a fact. */
export function findConditionFaults(scenario: Scenario, { evidence }: ProgramParts): string[] {
  const left = [...evidence];
  const missing = factsOf(scenario).filter(({ fits }) => {
    const at = left.findIndex(fits);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [
    ...missing.map(({ text }) => `no evidence states "${text}" (who, how it ended, which event)`),
    ...left.map((part) => `${evidenceName(part)} is stated by no condition, or twice`),
  ];
}

function answerFault(query: Query, answer: AnswerPart): string | undefined {
  const { id, kind, target } = query;
  const { entity, event = '', factor = '', sides } = target;
  const isRight = (): boolean => {
    switch (answer.kind) {
      case 'rank':
        return kind === 'rank' && answer.entity === entity && isNamedFor(answer.trait, factor);
      case 'percentage':
        return (
          kind === 'percentage' &&
          answer.entity === entity &&
          isNamedFor(answer.factor, factor) &&
          isEvent(answer.event, event)
        );
      case 'contest':
        return kind === 'contest' && sides !== undefined && answer.sides.every((side, i) => isSameSet(side, sides[i]));
      default:
        // What the contract has no form for is answered as the program likes.
        return kind === 'probability' || kind === 'quantity';
    }
  };
  return isRight() ? undefined : `${id} is answered by something else than its query: "${query.text}"`;
}

/** Queries without their answer, and answers without a query. */
export function findQueryFaults({ queries }: Scenario, { answers }: ProgramParts): string[] {
  const unasked = answers.filter(({ id }) => !queries.some((query) => query.id === id));
  return [
    ...queries.flatMap((query) => {
      const found = answers.filter(({ id }) => id === query.id);
      if (found.length !== 1) return [`${query.id} has ${found.length} answers`];
      return answerFault(query, found[0]) ?? [];
    }),
    ...unasked.map(({ id }) => `there is no query ${id}`),
  ];
}
