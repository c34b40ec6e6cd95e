/**
 * Motifs: the grid of outcome pattern P, partner pattern C and rotation R, with the team size, as data.
 * **Source:** ppt §1.2 (16 cells, team sizes 2–9); one-on-one is team size 1.
 */
import { UserError } from '../../shared/errors.ts';
import type { Motif } from '../../shared/scenario.ts';

/** A motif without its team size. */
export type MotifCell = Omit<Motif, 'teamSize'>;

/** What each level means, for people. */
export const MOTIF_LEVELS = {
  P: ['always wins', 'always loses', 'wins all but one', 'loses all but one'],
  C: ['always the same partners', 'mostly different partners'],
  R: ['players rotate across teams', 'teams stay fixed'],
} as const;

/** The 16 cells, P slowest. */
export const MOTIF_CELLS: readonly MotifCell[] = [0, 1, 2, 3].flatMap((P) =>
  [0, 1].flatMap((C) => [0, 1].map((R) => ({ P, C, R }))),
);

/** Team sizes of the paper. */
export const TEAM_SIZES: readonly number[] = [2, 3, 4, 5, 6, 7, 8, 9];

/** One-on-one has neither partners nor teams to rotate: it counts as fixed (C = 0, R = 1), and no other cell can show it. */
export const allowsTeamSize = (cell: MotifCell, teamSize: number): boolean =>
  teamSize > 1 || (cell.C === 0 && cell.R === 1);

/** The wins and losses of the focal entity over `count` of its events, the odd one out at `exception`. */
export const winsOf = (P: number, count: number, exception: number): boolean[] =>
  Array.from({ length: count }, (_, i) => (P === 0 || P === 2) !== (P >= 2 && i === exception));

/** Cells from text such as `1,1,0;2,1,0`. Throws UserError on anything else. */
export function parseCells(text: string): MotifCell[] {
  return text.split(';').map((part) => {
    const match = /^\s*([0-3])\s*,\s*([01])\s*,\s*([01])\s*$/.exec(part);
    if (!match)
      throw new UserError(`motif cells: expected P,C,R with P 0–3, C 0–1, R 0–1, received "${part}"`, {
        hint: 'Separate cells by semicolons: 1,1,0;2,1,0',
      });
    return { P: Number(match[1]), C: Number(match[2]), R: Number(match[3]) };
  });
}

/** The motifs a run goes through in turn: every cell once per team size that it allows. Throws UserError if there is none. */
export function motifCycle(cells: readonly MotifCell[], teamSizes: readonly number[]): Motif[] {
  const cycle = teamSizes.flatMap((teamSize) =>
    cells.filter((cell) => allowsTeamSize(cell, teamSize)).map((cell) => ({ ...cell, teamSize })),
  );
  if (cycle.length === 0)
    throw new UserError(`generate: no motif cell allows a team size of ${teamSizes.join(', ') || '(none)'}`, {
      hint: 'One-on-one (team size 1) needs a cell with C = 0 and R = 1.',
    });
  return cycle;
}
