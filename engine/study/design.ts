/**
 * The cells of a study's design: one level of every between-subject factor and one row of every Latin or Williams square. Each
 * participant is in one cell, and the cell with their seed gives their whole sequence.
 */
import type { Study } from '../../shared/study.ts';
import type { TimelineNode } from '../../shared/timeline.ts';
import { type Square, squareRows } from './squares.ts';

/** A level by factor, and a row (from 0) by the node it orders. */
export type Cell = {
  readonly levels: Readonly<Record<string, string>>;
  readonly rows: Readonly<Record<string, number>>;
};

/** More cells than these cannot be filled by any lab. */
export const MOST_CELLS = 1000;

type Axis = { readonly id: string; readonly values: readonly (string | number)[]; readonly isSquare: boolean };

/** What a node puts in order by a square, and how many things those are. */
export function squareOf(node: TimelineNode): { readonly square: Square; readonly count: number } | undefined {
  if (node.kind !== 'block' && node.kind !== 'group') return undefined;
  if (node.order !== 'latin' && node.order !== 'williams') return undefined;
  return { square: node.order, count: node.kind === 'block' ? node.scenarioIds.length : node.nodeIds.length };
}

function axesOf(study: Study): Axis[] {
  const factors = (study.design?.factors ?? []).map(({ id, levels }) => ({ id, values: levels, isSquare: false }));
  const squares = study.timeline.flatMap((node): Axis[] => {
    const found = squareOf(node);
    if (!found) return [];
    const rows = squareRows(found.square, found.count);
    return [{ id: node.id, values: Array.from({ length: rows }, (_, row) => row), isSquare: true }];
  });
  return [...factors, ...squares];
}

/** How many cells the design has. */
export const countCells = (study: Study): number => axesOf(study).reduce((n, { values }) => n * values.length, 1);

/** All cells, the last factor or square changing fastest. One empty cell for a study without a design. */
export function cellsOf(study: Study): Cell[] {
  return axesOf(study).reduce<Cell[]>(
    (cells, { id, values, isSquare }) =>
      cells.flatMap((cell) =>
        values.map(
          (value): Cell =>
            isSquare
              ? { ...cell, rows: { ...cell.rows, [id]: Number(value) } }
              : { ...cell, levels: { ...cell.levels, [id]: String(value) } },
        ),
      ),
    [{ levels: {}, rows: {} }],
  );
}

/** A cell as one line, `list=A blocks=row 2`; `all` for the one cell of a study without a design. Names the cell in the store. */
export function cellName(cell: Cell): string {
  const parts = [
    ...Object.entries(cell.levels).map(([factor, level]) => `${factor}=${level}`),
    ...Object.entries(cell.rows).map(([node, row]) => `${node}=row ${row + 1}`),
  ];
  return parts.length === 0 ? 'all' : parts.join(' ');
}

/** Whether a node is shown to participants of this cell. */
export const isShownIn = (node: TimelineNode, cell: Cell): boolean =>
  node.when === undefined || node.when.levels.includes(cell.levels[node.when.factor]);
