/** What practice says of an answer: whether it lies in the range that the scenario's teller has in mind, and in words what that means. */
import type { z } from 'zod';
import type { feedbackSchema } from '../../shared/participation.ts';
import type { SubmittedResponse } from '../../shared/response.ts';
import type { NodeOf } from '../../shared/timeline.ts';

export type Feedback = z.infer<typeof feedbackSchema>;

/** One entry per target of the node that has an answer or a missing code, in the order of `responses`. */
export function practiceFeedback(node: NodeOf<'practice'>, responses: readonly SubmittedResponse[]): Feedback[] {
  return responses.flatMap(({ queryId, rating }): Feedback[] => {
    const target = node.targets[queryId];
    if (!target) return [];
    if (rating === null) return [{ queryId, verdict: 'missing', text: target.within }];
    const verdict = rating < target.low ? 'below' : rating > target.high ? 'above' : 'within';
    return [{ queryId, verdict, text: target[verdict] }];
  });
}
