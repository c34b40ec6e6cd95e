/**
 * A random order under constraints: no more than so many neighbours of one kind, a distance between things of one kind, fixed places.
 * Places are filled from the first to the last; at each one the things still possible are tried in random order, and a choice is given up
 * as soon as the rest can no longer be placed. All orders that keep the constraints can come out, not all equally often.
 */
import { type Random, shuffled } from '../random.ts';

export type Spacing = {
  /** The kind of thing `i`; things without one are not held apart. */
  readonly kindOf: (thing: number) => string;
  readonly n: number;
};
export type OrderConstraints = {
  readonly maxRun?: Spacing;
  readonly minDistance?: Spacing;
  /** Place by thing, both counted from 0. */
  readonly fixed?: ReadonlyMap<number, number>;
};

/** Choices tried before an order is called infeasible. */
const MOST_TRIED = 20_000;

function tally(things: readonly number[], kindOf: (thing: number) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const thing of things) counts.set(kindOf(thing), (counts.get(kindOf(thing)) ?? 0) + 1);
  return counts;
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** Why `count` things cannot keep the constraints by their numbers alone, in words; undefined when numbers allow it. */
export function explainInfeasible(count: number, { maxRun, minDistance, fixed }: OrderConstraints): string | undefined {
  for (const [thing, place] of fixed ?? []) {
    if (place >= count) return `place ${place} is fixed, but the places end at ${count - 1}`;
    for (const [other, same] of fixed ?? [])
      if (other !== thing && same === place) return `two things are fixed at place ${place}`;
  }
  for (const [kind, n] of maxRun ? tally(range(count), maxRun.kindOf) : []) {
    const room = (maxRun?.n ?? 1) * (count - n + 1);
    if (n > room)
      return `${n} of ${count} are "${kind}": with runs of at most ${maxRun?.n}, the other ${count - n} part at most ${room}`;
  }
  for (const [kind, n] of minDistance ? tally(range(count), minDistance.kindOf) : []) {
    const needed = (n - 1) * (minDistance?.n ?? 1) + 1;
    if (needed > count)
      return `${n} of ${count} are "${kind}": ${minDistance?.n} places apart they need ${needed} places`;
  }
  return undefined;
}

/** Whether `thing` may come next after `order`. */
function mayFollow(order: readonly number[], thing: number, { maxRun, minDistance }: OrderConstraints): boolean {
  if (maxRun) {
    const kind = maxRun.kindOf(thing);
    const tail = order.slice(-maxRun.n);
    if (tail.length === maxRun.n && tail.every((other) => maxRun.kindOf(other) === kind)) return false;
  }
  if (minDistance && minDistance.n > 1) {
    const kind = minDistance.kindOf(thing);
    if (order.slice(1 - minDistance.n).some((other) => minDistance.kindOf(other) === kind)) return false;
  }
  return true;
}

/** How long the run at the end of `order` is, if it is of `kind`. */
function runLength(order: readonly number[], kind: string, kindOf: (thing: number) => string): number {
  let length = 0;
  while (length < order.length && kindOf(order[order.length - 1 - length]) === kind) length++;
  return length;
}

/** Whether the numbers of what is left still allow an order after `order`. */
function canFinish(order: readonly number[], left: readonly number[], constraints: OrderConstraints): boolean {
  const { maxRun, minDistance } = constraints;
  for (const [kind, n] of maxRun ? tally(left, maxRun.kindOf) : []) {
    if (!maxRun) break;
    const gaps = left.length - n + 1;
    if (n > maxRun.n * gaps - runLength(order, kind, maxRun.kindOf)) return false;
  }
  for (const [kind, n] of minDistance ? tally(left, minDistance.kindOf) : []) {
    if (!minDistance) break;
    const last = order.findLastIndex((thing) => minDistance.kindOf(thing) === kind);
    const first = last < 0 ? order.length : Math.max(order.length, last + minDistance.n);
    if (first + (n - 1) * minDistance.n >= order.length + left.length) return false;
  }
  return true;
}

/** An order of the things 0 … count − 1 that keeps the constraints, or null when none was found. */
export function constrainedOrder(random: Random, count: number, constraints: OrderConstraints): number[] | null {
  const fixedAt = new Map([...(constraints.fixed ?? [])].map(([thing, place]) => [place, thing]));
  let tried = 0;
  const fill = (order: readonly number[], left: readonly number[]): readonly number[] | null => {
    if (left.length === 0) return order;
    const fixed = fixedAt.get(order.length);
    const free = fixed === undefined ? left.filter((thing) => !constraints.fixed?.has(thing)) : [fixed];
    for (const thing of shuffled(random, free)) {
      if (++tried > MOST_TRIED) return null;
      if (!mayFollow(order, thing, constraints)) continue;
      const next = [...order, thing];
      const rest = left.filter((other) => other !== thing);
      const found = canFinish(next, rest, constraints) ? fill(next, rest) : null;
      if (found) return found;
    }
    return null;
  };
  const found = fill([], range(count));
  return found ? [...found] : null;
}
