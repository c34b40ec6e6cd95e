/**
 * Allocation: which cell the next participant gets. Least filled by completed participants and live reservations, so that those who leave
 * early give their place back and no cell runs ahead of another by more than one.
 */
import type { ParticipantState } from '../../shared/participation.ts';
import { pick, type Random } from '../random.ts';
import { type Cell, cellName } from './design.ts';

/** One participation as allocation sees it; `heardAtMs` is when it last gave a sign of life. */
export type Occupant = { readonly cell: string; readonly state: ParticipantState; readonly heardAtMs: number };

export type CellFill = {
  readonly cell: string;
  readonly completed: number;
  /** Under way, with a reservation that has not ended. */
  readonly reserved: number;
  /** Ended otherwise, or silent for longer than a reservation lasts. */
  readonly ended: number;
};

const UNDER_WAY: ReadonlySet<ParticipantState> = new Set(['checked-in', 'consented', 'running', 'paused']);

/** How each cell is filled at `nowMs`, in the order of `cells`. */
export function countFill(
  cells: readonly Cell[],
  occupants: readonly Occupant[],
  at: { readonly nowMs: number; readonly reserveMs: number },
): CellFill[] {
  const fill = new Map(cells.map((cell) => [cellName(cell), { completed: 0, reserved: 0, ended: 0 }]));
  for (const { cell, state, heardAtMs } of occupants) {
    const counts = fill.get(cell);
    if (!counts) continue;
    if (state === 'completed') counts.completed++;
    else if (UNDER_WAY.has(state) && at.nowMs - heardAtMs <= at.reserveMs) counts.reserved++;
    else if (state !== 'invited') counts.ended++;
  }
  return [...fill].map(([cell, counts]) => ({ cell, ...counts }));
}

/** The cell of the next participant: one of those with the fewest completed and reserved, or any for `random`. */
export function allocate(
  random: Random,
  cells: readonly Cell[],
  fill: readonly CellFill[],
  method: 'least-filled' | 'random',
): Cell {
  if (method === 'random') return pick(random, cells);
  const taken = new Map(fill.map(({ cell, completed, reserved }) => [cell, completed + reserved]));
  const takenOf = (cell: Cell): number => taken.get(cellName(cell)) ?? 0;
  const least = Math.min(...cells.map(takenOf));
  return pick(
    random,
    cells.filter((cell) => takenOf(cell) === least),
  );
}
