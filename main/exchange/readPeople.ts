/**
 * People's answers from a file, in two shapes: JSON Lines `{participantId, scenarioId, queryId, rating | samples, stage?}` (people answer
 * many scenarios under one id), and the published multi-click shape `{scenarioId: [{queryId: [values]}]}` (records have no id across scenarios).
 */
import { z } from 'zod';
import { type Design, groupPeople, type Judgment, type PeopleGroup } from '../../engine/evaluation/people.ts';
import { UserError } from '../../shared/errors.ts';
import { type Stage, stageSchema } from '../../shared/study.ts';
import { parseJson, readTextFile } from '../jsonFile.ts';
import { isOneDocument, lineValues } from './lineValues.ts';

const LARGEST_BYTES = 512 * 2 ** 20;

const value = z.number().min(0).max(100);
const lineSchema = z.object({
  participantId: z.string().min(1),
  scenarioId: z.string().min(1),
  queryId: z.string().min(1),
  rating: value.nullable().optional(),
  samples: z.array(value).optional(),
  stage: stageSchema.optional(),
});
const multiClickSchema = z.record(z.string(), z.array(z.record(z.string(), z.array(value))));

/** People as read: `stage` is null where the file does not say; `missing` counts answers without a value. */
export type PeopleFile = {
  readonly groups: readonly PeopleGroup[];
  readonly design: Design;
  readonly stage: Stage | null;
  readonly missing: number;
};

function fromMultiClick(text: string, file: string): { judgments: Judgment[]; missing: number } {
  const scenarios = parseJson(text, multiClickSchema, { file });
  let missing = 0;
  const judgments = Object.entries(scenarios).flatMap(([scenarioId, records]) =>
    records.flatMap((record, p) =>
      Object.entries(record).flatMap(([queryId, values]) => {
        if (values.length === 0) missing++;
        return values.length === 0 ? [] : [{ participantId: String(p), scenarioId, queryId, values }];
      }),
    ),
  );
  return { judgments, missing };
}

function fromLines(
  text: string,
  file: string,
  wanted: Stage | undefined,
): { judgments: Judgment[]; missing: number; stage: Stage | null } {
  const all = lineValues(text, lineSchema, file);
  const lines = wanted === undefined ? all : all.filter((entry) => entry.value.stage === wanted);
  const stages = [...new Set(lines.map((entry) => entry.value.stage ?? null))];
  if (stages.length > 1)
    throw new UserError(`people: ${file} mixes stages: ${stages.map((stage) => stage ?? 'none').join(', ')}`, {
      hint: 'choose one with --stage; simulated answers are never mixed with people’s',
      location: { file },
    });
  let missing = 0;
  const judgments = lines.flatMap(({ value: { participantId, scenarioId, queryId, rating, samples } }) => {
    const values = samples && samples.length > 0 ? samples : typeof rating === 'number' ? [rating] : [];
    if (values.length === 0) missing++;
    return values.length === 0 ? [] : [{ participantId, scenarioId, queryId, values }];
  });
  return { judgments, missing, stage: stages[0] ?? null };
}

/** Reads `file`; `stage` keeps the lines of one stage. Throws UserError naming file, line and path of what does not fit. */
export function readPeople(file: string, stage?: Stage): PeopleFile {
  const text = readTextFile(file, LARGEST_BYTES);
  if (isOneDocument(text)) {
    if (stage !== undefined)
      throw new UserError(
        `people: ${file} does not say of what stage its answers are, so --stage cannot choose among them`,
        {
          location: { file },
        },
      );
    const { judgments, missing } = fromMultiClick(text, file);
    return { groups: groupPeople(judgments, 'nested'), design: 'nested', stage: null, missing };
  }
  const { judgments, missing, stage: found } = fromLines(text, file, stage);
  return { groups: groupPeople(judgments, 'crossed'), design: 'crossed', stage: found, missing };
}
