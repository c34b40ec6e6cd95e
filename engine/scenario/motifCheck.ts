/**
 * Motif check: whether the events of a scenario really show its motif, judged from their sides and winners alone.
 * What each level must show is written at its function; ppt §1.2 gives the meanings, the measurable forms are ours.
 */
import type { Condition, Motif } from '../../shared/scenario.ts';
import { allowsTeamSize } from './motifs.ts';

/** One event as the check sees it. */
export type ObservedEvent = { readonly sides: readonly [readonly string[], readonly string[]]; readonly winner: 0 | 1 };

/** The events among `conditions`; others, such as who is cared for where, have no sides. */
export const observedEvents = (conditions: readonly Condition[]): ObservedEvent[] =>
  conditions.flatMap(({ sides, winner }) => (sides && winner !== undefined ? [{ sides, winner }] : []));

const without = (names: readonly string[], name: string): string[] => names.filter((other) => other !== name);
const overlap = (a: readonly string[], b: readonly string[]): number => a.filter((name) => b.includes(name)).length;
const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && overlap(a, b) === a.length;
const isNested = (a: readonly string[], b: readonly string[]): boolean =>
  overlap(a, b) === Math.min(a.length, b.length);

function pairs<T>(values: readonly T[]): [T, T][] {
  return values.flatMap((a, i) => values.slice(i + 1).map((b): [T, T] => [a, b]));
}

const sideOf = (event: ObservedEvent, name: string): 0 | 1 | undefined => {
  if (event.sides[0].includes(name)) return 0;
  return event.sides[1].includes(name) ? 1 : undefined;
};

/** P: all won, all lost, or exactly one exception among at least three events of the focal entity. */
function outcomeFault(P: number, wins: readonly boolean[]): string | undefined {
  const count = wins.filter(Boolean).length;
  const expected = [wins.length, 0, wins.length - 1, 1][P];
  if (wins.length < 3) return `the focal entity is in ${wins.length} events, 3 or more are needed`;
  return count === expected ? undefined : `P = ${P} needs ${expected} wins of ${wins.length}, found ${count}`;
}

/** C = 0: the same partners in every event. C = 1: at least three different sets, which on average share at most half of their members. */
function partnerFault(C: number, partners: readonly (readonly string[])[]): string | undefined {
  const all = pairs(partners);
  if (C === 0) return all.every(([a, b]) => isSame(a, b)) ? undefined : 'C = 0 needs the same partners every time';
  const distinct = partners.filter((set, i) => partners.findIndex((other) => isSame(other, set)) === i).length;
  const shared = all.reduce((sum, [a, b]) => sum + overlap(a, b) / a.length, 0) / Math.max(1, all.length);
  if (distinct < Math.min(3, partners.length)) return `C = 1 needs 3 different sets of partners, found ${distinct}`;
  return shared <= 0.5
    ? undefined
    : `C = 1 needs partners that mostly differ, found ${Math.round(100 * shared)} % shared`;
}

/**
 * R: whether teams, the focal entity aside, stay together. Fixed: the teams of one entity in two events are always nested (a host may
 * leave a place to the focal entity) and no two team-mates ever meet as opponents. Rotating: some entity's teams are not nested.
 */
function rotationFault(R: number, focal: string, events: readonly ObservedEvent[]): string | undefined {
  const teams = events.flatMap(({ sides }) => sides.map((side) => without(side, focal)));
  const isMoving = pairs(teams).some(([a, b]) => overlap(a, b) > 0 && !isNested(a, b));
  if (R === 0) return isMoving ? undefined : 'R = 0 needs players that change teams';
  const areOpponents = (team: readonly string[]): boolean =>
    events.some(({ sides }) => overlap(sides[0], team) > 0 && overlap(sides[1], team) > 0);
  return isMoving || teams.some(areOpponents) ? 'R = 1 needs teams that stay together' : undefined;
}

/** Events between whole teams; a scenario of teams of three or fewer may have a one-on-one besides. */
function sizeFault({ teamSize }: Motif, events: readonly ObservedEvent[]): string | undefined {
  const mayBeSingle = teamSize <= 3;
  const isGood = ({ sides: [a, b] }: ObservedEvent): boolean =>
    a.length === b.length && (a.length === teamSize || (mayBeSingle && a.length === 1));
  const bad = events.find((event) => !isGood(event));
  return bad && `a team size of ${teamSize} does not allow ${bad.sides[0].length} against ${bad.sides[1].length}`;
}

/** What in `events` contradicts `motif`; empty when the motif is shown. */
export function findMotifFaults(motif: Motif, focal: string, events: readonly ObservedEvent[]): string[] {
  const { P, C, R, teamSize } = motif;
  if (!allowsTeamSize(motif, teamSize)) return [`one-on-one cannot show C = ${C}, R = ${R}`];
  const own = events.filter((event) => sideOf(event, focal) !== undefined);
  const team = events.filter(({ sides }) => sides[0].length > 1 || teamSize === 1);
  const partners = own
    .filter((event) => team.includes(event))
    .map((event) => without(event.sides[sideOf(event, focal) ?? 0], focal));
  const faults = [
    sizeFault(motif, events),
    outcomeFault(
      P,
      own.map((event) => sideOf(event, focal) === event.winner),
    ),
    ...(teamSize === 1 ? [] : [partnerFault(C, partners), rotationFault(R, focal, team)]),
    own.length < events.length - 1 ? 'the focal entity misses more than one event' : undefined,
  ];
  return faults.filter((fault) => fault !== undefined);
}
