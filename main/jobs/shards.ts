/** Shards: contiguous parts of a list of scenarios, so that merging is putting one after the other. */
import type { Shard } from '../../shared/dataset.ts';
import { UserError } from '../../shared/errors.ts';

/** Part i of n, from text such as `2/4`, of `total` scenarios. Throws UserError on anything else. */
export function parseShard(text: string, total: number): Shard {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const [index, of] = match ? [Number(match[1]), Number(match[2])] : [0, 0];
  if (index < 1 || index > of)
    throw new UserError(`--shard: expected i/n with i from 1 to n, received "${text}"`, {
      hint: 'such as --shard 1/4, 2/4, 3/4 and 4/4',
    });
  return { index, of, total };
}

/** Where a shard begins, and the place after its last scenario. */
export const shardRange = ({ index, of, total }: Shard): { start: number; end: number } => ({
  start: Math.floor(((index - 1) * total) / of),
  end: Math.floor((index * total) / of),
});

/** The values at `start` up to, not including, `end`. */
export async function* slice<T>(
  values: AsyncIterable<T>,
  { start, end }: { start: number; end: number },
): AsyncGenerator<T> {
  let index = 0;
  if (end <= start) return;
  for await (const value of values) {
    if (index >= start) yield value;
    index++;
    if (index >= end) return;
  }
}
