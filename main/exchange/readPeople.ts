/**
 * People's answers from a file: JSON Lines `{participantId, scenarioId, queryId, rating | samples, stage?}`, CSV long or wide, an export's
 * folder, jsPsych trials (all of which name people across scenarios), or the published multi-click shape `{scenarioId: [{queryId: [values]}]}`,
 * whose records have no id across scenarios.
 */
import { extname } from 'node:path';
import { z } from 'zod';
import { queryKey } from '../../engine/evaluation/answerSet.ts';
import { type Design, groupPeople, type PeopleGroup } from '../../engine/evaluation/people.ts';
import { UserError } from '../../shared/errors.ts';
import type { RunControl } from '../../shared/progress.ts';
import { type Stage, stageSchema } from '../../shared/study.ts';
import { readTextFile } from '../jsonFile.ts';
import type { ExportedResponse, ExportSource } from './export/exportSource.ts';
import { walkSession } from './export/walkSession.ts';
import { isExportFolder, readExportFolder, readManifest } from './import/readExportFolder.ts';
import { readMultiClick } from './import/readMultiClick.ts';
import { readTablePeople, type StagedJudgment } from './import/readTablePeople.ts';
import { readTrials } from './import/readTrials.ts';
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
/** People as read: `stage` is null where the file does not say; `missing` counts answers without a value, `repeated` second askings, left out. */
export type PeopleFile = {
  readonly groups: readonly PeopleGroup[];
  readonly design: Design;
  readonly stage: Stage | null;
  readonly missing: number;
  readonly repeated: number;
};

type Read = { readonly design: Design; readonly judgments: readonly StagedJudgment[] };

const fromLines = (text: string, file: string): Read => ({
  design: 'crossed',
  judgments: lineValues(text, lineSchema, file).map(
    ({ value: { participantId, scenarioId, queryId, rating, samples, stage } }) => ({
      participantId,
      scenarioId,
      queryId,
      values: samples && samples.length > 0 ? samples : typeof rating === 'number' ? [rating] : [],
      stage: stage ?? null,
    }),
  ),
});

/** What a response says of a query; null for practice, changed answers and questions that no rating answers. */
function judgmentOf(
  participantId: string,
  { scenarioId, queryId, rating, samples, missingCode, isLatest, phase, trialIndex }: ExportedResponse,
  stage: Stage,
): StagedJudgment | null {
  if (!isLatest || phase !== 'main' || (rating === null && missingCode === undefined)) return null;
  const values = samples ?? (rating === null ? [] : [rating]);
  return { participantId, scenarioId, queryId, values, stage, asking: trialIndex };
}

async function fromExport(folder: string): Promise<Read> {
  const { stage } = readManifest(folder);
  const judgments: StagedJudgment[] = [];
  for await (const { subjectId, response } of readExportFolder(folder)) {
    const judgment = judgmentOf(subjectId, response, stage);
    if (judgment) judgments.push(judgment);
  }
  return { design: 'crossed', judgments };
}

async function fromTable(file: string): Promise<Read> {
  const judgments: StagedJudgment[] = [];
  for await (const judgment of readTablePeople(file)) judgments.push(judgment);
  return { design: 'crossed', judgments };
}

async function read(file: string, part: string | undefined): Promise<Read> {
  if (isExportFolder(file)) return fromExport(file);
  if (extname(file).toLowerCase() === '.csv') return fromTable(file);
  const text = readTextFile(file, LARGEST_BYTES);
  if (!isOneDocument(text)) return fromLines(text, file);
  if (text.trimStart().startsWith('[')) return { design: 'crossed', judgments: readTrials(text, file) };
  return { design: 'nested', judgments: readMultiClick(text, file, part) };
}

/** The judgments of one stage. Throws UserError where several stages are mixed and none is chosen, or the file names none. */
function chooseStage(
  judgments: readonly StagedJudgment[],
  wanted: Stage | undefined,
  file: string,
): readonly StagedJudgment[] {
  if (wanted !== undefined && judgments.every(({ stage }) => stage === null))
    throw new UserError(
      `people: ${file} does not say of what stage its answers are, so --stage cannot choose among them`,
      {
        location: { file },
      },
    );
  const kept = wanted === undefined ? judgments : judgments.filter(({ stage }) => stage === wanted);
  const stages = [...new Set(kept.map(({ stage }) => stage))];
  if (stages.length > 1)
    throw new UserError(`people: ${file} mixes stages: ${stages.map((stage) => stage ?? 'none').join(', ')}`, {
      hint: 'choose one with --stage; simulated answers are never mixed with people’s',
      location: { file },
    });
  return kept;
}

/** Of a query asked on several screens the first asking counts; where no screens are known a second answer stays a fault. */
function firstAskings(judgments: readonly StagedJudgment[]): StagedJudgment[] {
  const seen = new Map<string, number | null>();
  return judgments.filter((judgment) => {
    const key = `${judgment.participantId} ${queryKey(judgment)}`;
    const before = seen.get(key);
    if (before === undefined) seen.set(key, judgment.asking ?? null);
    return before === undefined || before === null || judgment.asking === before;
  });
}

export type PeopleOptions = {
  /** Keeps the answers of one stage. */
  readonly stage?: Stage;
  /** Which part of a document with several. */
  readonly part?: string;
};

function toPeople(design: Design, judgments: readonly StagedJudgment[]): PeopleFile {
  const given = judgments.filter(({ values }) => values.length > 0);
  const counted = firstAskings(given);
  return {
    groups: groupPeople(counted, design),
    design,
    stage: judgments[0]?.stage ?? null,
    missing: judgments.length - given.length,
    repeated: given.length - counted.length,
  };
}

/** Reads `file`. Throws UserError naming file, line and path of what does not fit. */
export async function readPeople(file: string, { stage, part }: PeopleOptions = {}): Promise<PeopleFile> {
  const { design, judgments } = await read(file, part);
  return toPeople(design, chooseStage(judgments, stage, file));
}

/** The people of a session of the store. Throws UserError where nobody answered, CancelledError on the signal. */
export async function peopleOfSession(source: ExportSource, control: RunControl): Promise<PeopleFile> {
  const judgments: StagedJudgment[] = [];
  await walkSession(source, { ...control, stage: 'people' }, ({ subjectId, responses }) => {
    for (const response of responses) {
      const judgment = judgmentOf(subjectId, response, source.session.stage);
      if (judgment) judgments.push(judgment);
    }
  });
  return toPeople('crossed', judgments);
}
