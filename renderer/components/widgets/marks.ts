/** Marks on a multi-click line: placing, moving and taking away, each at a place of its own. */
import type { Mark } from '../../participant/draft.ts';

export type Marks = readonly (Mark | null)[];

/** The marks of a draft, with as many places as the widget asks for. */
export const marksOf = (marks: Marks | undefined, count: number): Marks =>
  Array.from({ length: count }, (_, i) => marks?.[i] ?? null);

/** How many are placed. */
export const countPlaced = (marks: Marks): number => marks.filter((mark) => mark !== null).length;

/** The first free place, or -1. */
export const freePlace = (marks: Marks): number => marks.indexOf(null);

/** The marks after `place` was given a rating, or none. A mark that moves keeps the time of its placing, in ms. */
export function withMark(marks: Marks, place: number, rating: number | null, atMs: number): Marks {
  return marks.map((mark, i) => {
    if (i !== place) return mark;
    return rating === null ? null : { rating, placedMs: mark?.placedMs ?? atMs };
  });
}
