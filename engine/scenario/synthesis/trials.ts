/** Trials: runs of a program's variants, and comparisons of their means that are made sharper before they may count against a program. */
import type { InferOptions, Posterior, QueryPosterior } from '../../../shared/posterior.ts';
import type { ProgramParts } from './programParts.ts';
import { type Probes, variantOf } from './variants.ts';

/** Runs a program. Rejects with UserError where the program is at fault. */
export type ProgramRunner = (source: string, options: InferOptions) => Promise<Posterior>;

export type Trial = {
  readonly evidence: readonly string[];
  readonly ids: readonly string[];
  readonly probes: Probes;
  /** Without weighing: what the program expects before any evidence. */
  readonly isPrior?: boolean;
};

/** When a run is long enough: at a standard error in points, or at so many accepted runs. */
export type Goal = { readonly precision: number } | { readonly samples: number };

export type Trials = {
  readonly run: (trial: Trial, goal: Goal) => Promise<Posterior>;
  /** The difference of a value between two trials, with the standard error of it. */
  readonly difference: (value: string, more: Trial, less: Trial) => Promise<Difference>;
};

export type Difference = { readonly by: number; readonly error: number };

/** A difference this many standard errors from 0 is one. */
export const CLEAR = 4;
/** A first look, and the look before a program is refused. */
const LOOKS: readonly Goal[] = [{ samples: 300 }, { precision: 0.4 }];
const MAX_EXECUTIONS = 2_000_000;

/** The mean and its error of a numeric answer; an answer that is none has no mean and so differs from nothing. */
export const meanOf = (posterior: Posterior, id: string): { mean: number; error: number } => {
  const query: QueryPosterior | undefined = posterior.queries[id];
  return { mean: query?.mean ?? Number.NaN, error: query?.mcse ?? Number.NaN };
};

/** Trials of the program in `parts` from `seed` on. */
export function createTrials(run: ProgramRunner, parts: ProgramParts, seed: number): Trials {
  const runTrial: Trials['run'] = (trial, goal) =>
    run(variantOf(parts, trial), {
      method: trial.isPrior ? 'forward' : 'auto',
      ...goal,
      seed,
      maxExecutions: MAX_EXECUTIONS,
    });
  const difference: Trials['difference'] = async (value, more, less) => {
    let found: Difference = { by: 0, error: Number.POSITIVE_INFINITY };
    for (const goal of LOOKS) {
      const [high, low] = await Promise.all([runTrial(more, goal), runTrial(less, goal)]);
      const [a, b] = [meanOf(high, value), meanOf(low, value)];
      found = { by: a.mean - b.mean, error: Math.hypot(a.error, b.error) };
      if (found.by > CLEAR * found.error) break;
    }
    return found;
  };
  return { run: runTrial, difference };
}
