/** Which scenarios a step reads: an endless sequence of passes, each shuffled by (seed, pass), so that any step's batch is known without state. */
import { createRandom, shuffled } from '../random.ts';

/** Indices of the scenarios of batch `batch` (from 0), `size` of them, out of `count`. Different seeds give different orders. */
export function batchIndices(seed: number, count: number, batch: number, size: number): number[] {
  const orders = new Map<number, number[]>();
  const orderOf = (pass: number): number[] => {
    const known = orders.get(pass) ?? shuffled(createRandom(seed).split('order', pass), [...Array(count).keys()]);
    orders.set(pass, known);
    return known;
  };
  return Array.from({ length: size }, (_, i) => {
    const position = batch * size + i;
    return orderOf(Math.floor(position / count))[position % count];
  });
}
