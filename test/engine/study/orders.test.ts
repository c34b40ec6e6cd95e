/** Orders and cells: squares by their definition, constrained orders against all permutations, allocation by what it promises. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../engine/random.ts';
import { allocate, countFill, type Occupant } from '../../../engine/study/allocate.ts';
import { constrainedOrder, explainInfeasible, type OrderConstraints } from '../../../engine/study/constrainedOrder.ts';
import { type Cell, cellName } from '../../../engine/study/design.ts';
import { squareRow, squareRows } from '../../../engine/study/squares.ts';

const SIZES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12];

describe('squares', () => {
  it.each(SIZES)('of %i hold every thing once in each row and equally often at each place', (n) => {
    for (const square of ['latin', 'williams'] as const) {
      const rows = Array.from({ length: squareRows(square, n) }, (_, row) => squareRow(square, n, row));
      for (const row of rows) expect([...row].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      for (let place = 0; place < n; place++)
        for (let thing = 0; thing < n; thing++)
          expect(rows.filter((row) => row[place] === thing)).toHaveLength(rows.length / n);
    }
  });

  it.each(SIZES.slice(1))('of Williams over %i let every thing follow every other equally often', (n) => {
    const rows = Array.from({ length: squareRows('williams', n) }, (_, row) => squareRow('williams', n, row));
    const follows = new Map<string, number>();
    for (const row of rows)
      for (let i = 1; i < n; i++)
        follows.set(`${row[i - 1]} ${row[i]}`, (follows.get(`${row[i - 1]} ${row[i]}`) ?? 0) + 1);
    expect(follows.size).toBe(n * (n - 1));
    expect(new Set(follows.values())).toEqual(new Set([rows.length / n]));
  });

  it('have no row behind the last', () =>
    expect(() => squareRow('latin', 3, 3)).toThrow('internal: a latin square of 3 has no row 3'));
});

/** All permutations of 0 … n − 1. */
function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((rest) =>
    Array.from({ length: n }, (_, at) => [...rest.slice(0, at), n - 1, ...rest.slice(at)]),
  );
}

/** The constraints told again, slowly. */
function keeps(order: readonly number[], { maxRun, minDistance, fixed }: OrderConstraints): boolean {
  for (const [thing, place] of fixed ?? []) if (order[place] !== thing) return false;
  for (let i = 0; i < order.length; i++) {
    if (
      maxRun &&
      i + maxRun.n < order.length &&
      new Set(order.slice(i, i + maxRun.n + 1).map(maxRun.kindOf)).size === 1
    )
      return false;
    for (let j = i + 1; minDistance && j < order.length; j++)
      if (j - i < minDistance.n && minDistance.kindOf(order[i]) === minDistance.kindOf(order[j])) return false;
  }
  return true;
}

describe('a constrained order', () => {
  const all = [0, 1, 2, 3, 4, 5, 6].map(permutations);
  it('is found exactly where one exists among all permutations, and keeps what it must', () => {
    const kinds = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 2, maxLength: 6 });
    const option = (max: number) => fc.option(fc.integer({ min: 1, max }), { nil: undefined });
    fc.assert(
      fc.property(
        kinds,
        option(3),
        option(4),
        fc.array(fc.nat(6), { maxLength: 2 }),
        fc.nat(1000),
        (of, run, apart, places, seed) => {
          const kindOf = (thing: number): string => of[thing];
          const constraints: OrderConstraints = {
            ...(run === undefined ? {} : { maxRun: { kindOf, n: run } }),
            ...(apart === undefined ? {} : { minDistance: { kindOf, n: apart } }),
            fixed: new Map(places.map((place, thing) => [thing, place])),
          };
          const exists = all[of.length].some((order) => keeps(order, constraints));
          const reason = explainInfeasible(of.length, constraints);
          if (reason !== undefined) expect(exists).toBe(false);
          const order = reason === undefined ? constrainedOrder(createRandom(seed), of.length, constraints) : null;
          expect(order !== null).toBe(exists);
          if (order) expect(keeps(order, constraints)).toBe(true);
        },
      ),
      { numRuns: 400, seed: 11 },
    );
  });

  it('says by numbers why there is none', () => {
    const kindOf = (thing: number): string => (thing < 4 ? 'rowing' : 'chess');
    expect(explainInfeasible(5, { maxRun: { kindOf, n: 1 } })).toBe(
      '4 of 5 are "rowing": with runs of at most 1, the other 1 part at most 2',
    );
    expect(explainInfeasible(5, { minDistance: { kindOf, n: 2 } })).toBe(
      '4 of 5 are "rowing": 2 places apart they need 7 places',
    );
  });

  it('is found among forty scenarios in which little room is left', () => {
    const kindOf = (thing: number): string => `kind ${thing % 4}`;
    const constraints: OrderConstraints = { minDistance: { kindOf, n: 4 }, fixed: new Map([[7, 0]]) };
    for (let seed = 0; seed < 20; seed++) {
      const order = constrainedOrder(createRandom(seed), 40, constraints);
      expect(order && keeps(order, constraints)).toBe(true);
    }
  });
});

describe('allocation', () => {
  const cells: Cell[] = ['a', 'b', 'c'].map((list) => ({ levels: { list }, rows: {} }));
  const at = { nowMs: 10_000, reserveMs: 1_000 };

  it('keeps cells within one of each other however many give up', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 80 }), fc.nat(1000), (stays, seed) => {
        const random = createRandom(seed);
        const occupants: Occupant[] = [];
        for (const isStaying of stays) {
          const cell = allocate(random, cells, countFill(cells, occupants, at), 'least-filled');
          occupants.push({ cell: cellName(cell), state: isStaying ? 'completed' : 'stopped', heardAtMs: 10_000 });
          const filled = countFill(cells, occupants, at).map(({ completed }) => completed);
          expect(Math.max(...filled) - Math.min(...filled)).toBeLessThanOrEqual(1);
        }
      }),
      { seed: 5 },
    );
  });

  it('counts a reservation until it ends, and nobody who was only invited', () => {
    const occupant = (state: Occupant['state'], heardAtMs: number): Occupant => ({ cell: 'list=a', state, heardAtMs });
    const [a] = countFill(
      cells,
      [
        occupant('running', 9_500),
        occupant('paused', 8_000),
        occupant('invited', 10_000),
        occupant('declined', 10_000),
      ],
      at,
    );
    expect(a).toEqual({ cell: 'list=a', completed: 0, reserved: 1, ended: 2 });
  });
});
