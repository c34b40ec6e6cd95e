/** Exact enumeration: every path of choices through a program whose draws have finite support, depth first, each by a run of its own. */
import { logProbOf, partsOf, supportOf } from '../program/distributions/distribution.ts';
import { LimitReached, ProgramFault } from '../program/fault.ts';
import type { Handler } from '../program/runtime.ts';
import type { RunningProgram } from './runningProgram.ts';

export const LEAF_LIMIT = 1_000_000;

type Fork = { readonly values: readonly unknown[]; readonly logProbs: readonly number[]; taken: number };

export type Leaf = { readonly value: unknown; readonly logWeight: number };

const DEAD = { reason: 'no weight' };

/**
 * Calls `visit` with every leaf that has weight and returns the number of leaves. Throws a UserError where a draw has no finite
 * support, or there are more than `limit` leaves. `look` is called now and then and may throw.
 */
export function enumerateLeaves(
  running: RunningProgram,
  visit: (leaf: Leaf) => void,
  {
    limit = LEAF_LIMIT,
    choiceLimit = Number.POSITIVE_INFINITY,
    look = () => {},
  }: {
    readonly limit?: number /** Most choices over all runs. */;
    readonly choiceLimit?: number;
    readonly look?: () => void;
  } = {},
): number {
  const { runtime, body, begin, explain } = running;
  const path: Fork[] = [];
  let at = 0;
  let logWeight = 0;
  let leaves = 0;
  let choices = 0;
  const handler: Handler = {
    isDirect: false,
    sample: (distribution) => {
      if (++choices > choiceLimit)
        throw new LimitReached(`enumerate: more than ${choiceLimit} choices in all`, 'Use method "rejection" or "mh".');
      let fork = path[at];
      if (!fork) {
        const values = supportOf(distribution);
        if (!values) {
          const { family } = partsOf(distribution);
          throw new ProgramFault(
            `enumerate needs finite support, but ${family.name} is ${family.isContinuous ? 'continuous' : 'infinite'}`,
            'Use method "mh", or discretize it.',
          );
        }
        fork = { values, logProbs: values.map((value) => logProbOf(distribution, value)), taken: 0 };
        path.push(fork);
      }
      at++;
      logWeight += fork.logProbs[fork.taken];
      return fork.values[fork.taken];
    },
    factor: (x) => {
      logWeight += x;
      if (logWeight === Number.NEGATIVE_INFINITY) throw DEAD;
    },
  };
  for (;;) {
    begin();
    runtime.handler = handler;
    at = 0;
    logWeight = 0;
    try {
      if (++leaves > limit)
        throw new LimitReached(`enumerate: more than ${limit} paths of choices`, 'Use method "rejection" or "mh".');
      const value = body();
      visit({ value, logWeight });
    } catch (error) {
      if (error !== DEAD) throw explain(error);
    }
    if (leaves % 64 === 0) look();
    // What was drawn behind the point where the run ended belongs to this path too.
    while (path.length > 0) {
      const fork = path[path.length - 1];
      if (++fork.taken < fork.values.length) break;
      path.pop();
    }
    if (path.length === 0) return leaves;
  }
}
