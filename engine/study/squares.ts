/**
 * Squares that balance order over participants: row r gives the order for one of them.
 * A Latin square puts every thing once at every place. A Williams square also lets every thing follow every other equally often: one square
 * of n rows for even n, two mirrored ones (2n rows) for odd n.
 * **Source:** E. J. Williams, Experimental designs balanced for the estimation of residual effects of treatments (1949).
 */
import { InternalError } from '../../shared/errors.ts';

export type Square = 'latin' | 'williams';

/** How many different rows there are for `n` things. */
export const squareRows = (square: Square, n: number): number => (square === 'williams' && n % 2 === 1 ? 2 * n : n);

/** 0, n − 1, 1, n − 2, 2 …: neighbours differ by every amount once. */
function zigzag(n: number): number[] {
  const places: number[] = [];
  for (let low = 0, high = n - 1; low <= high; low++, high--) {
    places.push(low);
    if (low < high) places.push(high);
  }
  return places;
}

/** Row `row` as a permutation of 0 … n − 1; `row` from 0 to `squareRows` − 1. */
export function squareRow(square: Square, n: number, row: number): number[] {
  if (row < 0 || row >= squareRows(square, n)) throw new InternalError(`a ${square} square of ${n} has no row ${row}`);
  const shift = row % n;
  if (square === 'latin') return Array.from({ length: n }, (_, place) => (place + shift) % n);
  const order = zigzag(n).map((thing) => (thing + shift) % n);
  return row < n ? order : order.reverse();
}
