/**
 * Training target: what a transformer shall answer, from a query's posterior. This is the only bridge from inference to training.
 * **Source:** ppt §3.1. Differences: the mean is of values clamped to the scale, and nothing is guessed from values (defects D2, D3).
 */
import { InternalError } from '../../shared/errors.ts';
import { ANSWER_COUNT, type QueryPosterior } from '../../shared/posterior.ts';
import type { TrainingTarget } from '../../shared/training.ts';

/** `distribution`: the posterior's 101 bins. `mean`: all mass on the rounded posterior mean, the paper's ablation. */
export const TARGET_FORMS = ['distribution', 'mean'] as const;
export type TargetForm = (typeof TARGET_FORMS)[number];

/** The answer as text: `mean` (0–100) rounded to an integer, half to even as the bins are. */
export function answerText(mean: number): string {
  const below = Math.floor(mean);
  const rest = mean - below;
  const isUp = rest > 0.5 || (rest === 0.5 && below % 2 === 1);
  return String(isUp ? below + 1 : below);
}

/** bins [101] with all mass on `answer`. */
export const oneHot = (answer: number): number[] =>
  Array.from({ length: ANSWER_COUNT }, (_, i) => (i === answer ? 1 : 0));

/** The target of one query; its labels must have passed `findLabelFaults`. Throws InternalError if the posterior is not numeric. */
export function toTrainingTarget(posterior: QueryPosterior, form: TargetForm = 'distribution'): TrainingTarget {
  const { bins, mean } = posterior;
  if (bins === null || mean === null)
    throw new InternalError('a training target was asked of a posterior without numbers');
  return { bins: form === 'mean' ? oneHot(Number(answerText(mean))) : bins, mean };
}
