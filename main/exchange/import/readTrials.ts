/** jsPsych data: an array of trials, of which those count that name an item and a query. */
import { z } from 'zod';
import { UserError } from '../../../shared/errors.ts';
import { stageSchema } from '../../../shared/study.ts';
import { parseJson } from '../../jsonFile.ts';
import type { StagedJudgment } from './readTablePeople.ts';

const trialSchema = z.looseObject({
  subject_id: z.union([z.string().min(1), z.number()]),
  item_id: z.string().min(1),
  query_id: z.string().min(1),
  response: z.unknown(),
  stage: stageSchema.optional(),
});

/** The judgments of trials whose response is a number on 0–100, or nothing. Throws UserError naming the trial. */
export function readTrials(text: string, file: string): StagedJudgment[] {
  const trials = parseJson(text, z.array(z.looseObject({})), { file });
  const judgments = trials.flatMap((trial, index): StagedJudgment[] => {
    if (!('item_id' in trial && 'query_id' in trial)) return [];
    const parsed = trialSchema.safeParse(trial);
    const place = { file, path: `[${index}]` };
    if (!parsed.success) {
      const [{ path, message }] = parsed.error.issues;
      throw new UserError(`${file}: [${index}].${path.join('.')}: ${message}`, { location: place });
    }
    const { subject_id, item_id, query_id, response, stage } = parsed.data;
    if (response !== null && typeof response !== 'number') return [];
    if (response !== null && (response < 0 || response > 100))
      throw new UserError(`${file}: [${index}].response: expected a value from 0 to 100, received ${response}`, {
        location: place,
      });
    const values = response === null ? [] : [response];
    return [
      { participantId: String(subject_id), scenarioId: item_id, queryId: query_id, values, stage: stage ?? null },
    ];
  });
  if (judgments.length === 0)
    throw new UserError(`${file}: none of its ${trials.length} trials names an item_id and a query_id`, {
      hint: 'add them to each trial’s data',
      location: { file },
    });
  return judgments;
}
