/**
 * Line-ups: who plays with and against whom, and who wins, so that the events show the wanted motif.
 * The focal entity plays in all events but at most one; teams are drawn by shuffling until the motif's conditions hold.
 */
import { InternalError } from '../../shared/errors.ts';
import type { Motif } from '../../shared/scenario.ts';
import { type Random, shuffled } from '../random.ts';
import { winsOf } from './motifs.ts';
import type { PlannedEvent, Sides } from './plan.ts';

/** How many events there are, and which one (an index, or −1) the focal entity sits out. */
type Shape = { readonly count: number; readonly absence: number };

/** In scenarios of teams this small, the event without the focal entity may be one against one, and this share of them is. */
const MAX_SINGLE_SIZE = 3;
const SINGLE_SHARE = 0.5;

const MAX_TRIES = 2000;

/** How many entities a scenario of this motif names, the focal one included. */
export function rosterSize(motif: Motif): number {
  const { C, R, teamSize } = motif;
  if (teamSize === 1) return 5;
  if (R === 1) return 3 * teamSize + C;
  return 2 * teamSize + 2;
}

const overlap = (a: readonly string[], b: readonly string[]): number => a.filter((name) => b.includes(name)).length;

/** A draw of `size` names of `pool` that `isGood` accepts. */
function drawSet(random: Random, pool: readonly string[], size: number, isGood: (set: string[]) => boolean): string[] {
  for (let i = 0; i < MAX_TRIES; i++) {
    const set = shuffled(random, pool).slice(0, size);
    if (isGood(set)) return set;
  }
  throw new InternalError(`no line-up of ${size} among ${pool.length} fits the motif`);
}

/** How many events back line-ups must differ. */
const MEMORY = 3;

/** Two teams of anyone but the focal entity. */
function withoutFocal(random: Random, others: readonly string[], size: number): Sides {
  const pool = shuffled(random, others);
  return [pool.slice(0, size), pool.slice(size, 2 * size)];
}

/** Own side first. Opponents never stay together; with C = 1 at most half of the partners were there in any of the last events, and in all on average. */
function rotatingLineups(random: Random, motif: Motif, roster: readonly string[], shape: Shape): Sides[] {
  const size = motif.teamSize;
  const [focal, ...others] = roster;
  const partnersSoFar: string[][] = [];
  const opponentsSoFar: string[][] = [];
  const nextPartners = (): string[] => {
    if (motif.C === 0) return others.slice(0, size - 1);
    const most = Math.floor((size - 1) / 2);
    const recent = partnersSoFar.slice(-MEMORY);
    const shared = (set: readonly string[]): number => partnersSoFar.reduce((sum, past) => sum + overlap(past, set), 0);
    const isNew = (set: readonly string[]): boolean =>
      recent.every((past) => overlap(past, set) <= most) && 2 * shared(set) <= partnersSoFar.length * (size - 1);
    return drawSet(random, others, size - 1, isNew);
  };
  return Array.from({ length: shape.count }, (_, event): Sides => {
    if (event === shape.absence) return withoutFocal(random, others, size);
    const partners = nextPartners();
    partnersSoFar.push(partners);
    const free = others.filter((name) => !partners.includes(name));
    const recent = opponentsSoFar.slice(-MEMORY);
    const against = drawSet(random, free, size, (set) => recent.every((past) => overlap(past, set) < size));
    opponentsSoFar.push(against);
    return [[focal, ...partners], against];
  });
}

/** Three fixed teams; with C = 1 the focal entity goes from team to team and the last member of its host sits out. */
function fixedLineups(random: Random, motif: Motif, roster: readonly string[], shape: Shape): Sides[] {
  const { C, teamSize } = motif;
  const [focal, ...others] = roster;
  const members = C === 0 ? roster : others;
  const teams = [0, 1, 2].map((i) => members.slice(i * teamSize, (i + 1) * teamSize));
  const first = random.integer(3);
  let played = 0;
  return Array.from({ length: shape.count }, (_, event): Sides => {
    if (event === shape.absence) return C === 0 ? [teams[1], teams[2]] : [teams[first], teams[(first + 1) % 3]];
    if (C === 0) return [teams[0], teams[1 + random.integer(2)]];
    const host = (first + played++) % 3;
    const rival = (host + 1 + random.integer(2)) % 3;
    return [[focal, ...teams[host].slice(0, -1)], teams[rival]];
  });
}

/** One-on-one: the focal entity meets changing opponents. */
function singleLineups(random: Random, roster: readonly string[], shape: Shape): Sides[] {
  const [focal, ...others] = roster;
  const order = shuffled(random, others);
  return Array.from(
    { length: shape.count },
    (_, event): Sides =>
      event === shape.absence ? [[order[0]], [order[1]]] : [[focal], [order[event % order.length]]],
  );
}

/**
 * The events of a scenario, side by side in the order of the text. `roster` starts with the focal entity and has `rosterSize` names;
 * `count` is at least 3. With four or more events the focal entity may sit one out.
 */
export function planEvents(random: Random, motif: Motif, roster: readonly string[], count: number): PlannedEvent[] {
  const absence = count > 3 && random.uniform() < 0.3 ? random.integer(count) : -1;
  const shape = { count, absence };
  let lineups: Sides[];
  if (motif.teamSize === 1) lineups = singleLineups(random, roster, shape);
  else if (motif.R === 1) lineups = fixedLineups(random, motif, roster, shape);
  else lineups = rotatingLineups(random, motif, roster, shape);
  if (motif.teamSize > 1 && motif.teamSize <= MAX_SINGLE_SIZE && absence >= 0 && random.uniform() < SINGLE_SHARE)
    lineups[absence] = [[lineups[absence][0][0]], [lineups[absence][1][0]]];

  const appearances = absence < 0 ? count : count - 1;
  const wins = winsOf(motif.P, appearances, 1 + random.integer(appearances - 1));
  return lineups.map(([own, against], event): PlannedEvent => {
    const isOwnWin = event === absence ? random.uniform() < 0.5 : wins.shift() === true;
    const isSwapped = random.uniform() < 0.5;
    const sides: Sides = [shuffled(random, isSwapped ? against : own), shuffled(random, isSwapped ? own : against)];
    return { number: event + 1, sides, winner: isOwnWin === isSwapped ? 1 : 0 };
  });
}
