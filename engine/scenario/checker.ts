/**
 * Checker: whether a scenario is what it claims. The motif holds in its facts; the text, read on its own, tells the same facts; the program
 * conditions on exactly these; the queries ask about what is there; no placeholder, slip or answer is left in the text.
 */
import type { Scenario } from '../../shared/scenario.ts';
import { DOMAINS } from './domains/index.ts';
import { findMotifFaults, type ObservedEvent, observedEvents } from './motifCheck.ts';
import { parseOutcome } from './outcomeParser.ts';
import { findTextFaults } from './textCheck.ts';

export type ScenarioFault = {
  readonly check: 'motif' | 'facts' | 'program' | 'query' | 'text';
  readonly message: string;
};

const sameSide = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, i) => name === b[i]);

const isSameEvent = (a: ObservedEvent, b: ObservedEvent): boolean => {
  const isStraight = sameSide(a.sides[0], b.sides[0]) && sameSide(a.sides[1], b.sides[1]);
  const isCrossed = sameSide(a.sides[0], b.sides[1]) && sameSide(a.sides[1], b.sides[0]);
  return (isStraight && a.winner === b.winner) || (isCrossed && a.winner !== b.winner);
};

function factFaults({ domain, subdomain, conditions }: Scenario): string[] {
  const subject = DOMAINS[domain].find(({ name }) => name === subdomain);
  if (!subject) return [`${subdomain} is no subject of ${domain}`];
  return conditions.flatMap(({ text, sides, winner }) => {
    if (!sides || winner === undefined) return [];
    const read = parseOutcome(text, subject.outcomes);
    if (!read) return [`no comparison can be read from "${text}"`];
    return isSameEvent(read, { sides, winner }) ? [] : [`the text tells another result than its facts: "${text}"`];
  });
}

/** The comparisons that the program of a built-in scenario conditions on. */
function programEvents(program: string): ObservedEvent[] {
  const names = (list: string): string[] => (list.match(/'([^']+)'/g) ?? []).map((quoted) => quoted.slice(1, -1));
  return [...program.matchAll(/^ {2}beats\(\[(.*?)\], \[(.*?)\], \d+\);$/gm)].map(([, winners, losers]) => ({
    sides: [names(winners), names(losers)],
    winner: 0,
  }));
}

function programFaults({ program, conditions }: Scenario): string[] {
  const events = observedEvents(conditions);
  const found = programEvents(program ?? '');
  if (found.length !== events.length)
    return [`${events.length} events are told, the program conditions on ${found.length}`];
  return events.flatMap((event, i) =>
    isSameEvent(event, found[i]) ? [] : [`the program states event ${i + 1} otherwise`],
  );
}

function queryFaults({ queries, conditions, program = '' }: Scenario): string[] {
  const ids = queries.map(({ id }): string => id);
  const faults = ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `two queries have the id ${id}`);
  for (const { id, text, target } of queries) {
    const { entity, event, factor, sides } = target;
    const missing = [entity, factor, ...(sides?.flat() ?? [])].find(
      (word) => word !== undefined && !text.includes(word),
    );
    if (missing !== undefined) faults.push(`${id} does not name ${missing}`);
    const observed = conditions.find((condition) => condition.event === event);
    if (event !== undefined && !observed?.sides?.flat().includes(entity ?? ''))
      faults.push(`${id} asks about ${entity} in ${event}, where ${entity} did not take part`);
    if (sides && sides[0].length !== sides[1].length)
      faults.push(`${id} sets ${sides[0].length} against ${sides[1].length}`);
    if (!new RegExp(`^ {4}${id}: `, 'm').test(program)) faults.push(`the program does not answer ${id}`);
  }
  return faults;
}

/** Everything that is wrong with a built-in scenario; empty when nothing is. */
export function checkScenario(scenario: Scenario): ScenarioFault[] {
  const { motif, focal, conditions } = scenario;
  const name = (check: ScenarioFault['check'], messages: readonly string[]): ScenarioFault[] =>
    messages.map((message) => ({ check, message }));
  const motifFaults =
    motif && focal !== undefined
      ? findMotifFaults(motif, focal, observedEvents(conditions))
      : ['the scenario names no motif or no focal entity'];
  return [
    ...name('motif', motifFaults),
    ...name('facts', factFaults(scenario)),
    ...name('program', programFaults(scenario)),
    ...name('query', queryFaults(scenario)),
    ...name('text', findTextFaults(scenario)),
  ];
}
