/** Answer target: somebody's answers to a query (a language model's, people's) as the label of its record, in place of the posterior. **Source:** ppt §3.6. */
import { UserError } from '../../shared/errors.ts';
import type { ModelAnswer } from '../../shared/modelAnswer.ts';
import { ANSWER_COUNT } from '../../shared/posterior.ts';
import type { DatasetRecord } from '../../shared/training.ts';
import { answerText, oneHot } from './target.ts';

const meanOfBins = (bins: readonly number[]): number => bins.reduce((sum, bin, i) => sum + bin * i, 0);

/** bins [101] of what was answered: the given ones, the share of each rounded sample, or all mass on the rounded mean. */
function binsOf({ bins, samples, mean }: ModelAnswer): number[] {
  if (bins) return bins;
  if (!samples || samples.length === 0) return oneHot(Number(answerText(mean)));
  const counts = Array<number>(ANSWER_COUNT).fill(0);
  for (const sample of samples) counts[Number(answerText(sample))] += 1 / samples.length;
  return counts;
}

/**
 * `record` labelled by `answer`; the prior stays. `mcse` is that of the mean of the samples, 0 where only bins or a mean were given. Throws
 * UserError for answers outside 0–100.
 */
export function relabel(record: DatasetRecord, answer: ModelAnswer, form: 'distribution' | 'mean'): DatasetRecord {
  const outside = [answer.mean, ...(answer.samples ?? [])].find((value) => !(value >= 0 && value <= 100));
  if (outside !== undefined)
    throw new UserError(`answers: expected 0–100 for ${answer.scenarioId} ${answer.queryId}, received ${outside}`);
  const bins = binsOf(answer);
  const mean = answer.samples || answer.bins ? meanOfBins(bins) : answer.mean;
  const variance = bins.reduce((sum, bin, i) => sum + bin * (i - mean) ** 2, 0);
  const text = answerText(Math.min(100, mean));
  return {
    ...record,
    answer: text,
    bins: form === 'mean' ? oneHot(Number(text)) : bins,
    mean,
    sd: Math.sqrt(variance),
    mcse: answer.samples ? Math.sqrt(variance / answer.samples.length) : 0,
  };
}
