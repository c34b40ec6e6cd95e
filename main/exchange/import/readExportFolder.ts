/** Reads an export back, response by response: the same data that went out, from any of the formats that hold all of it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../../shared/errors.ts';
import { fileError, readLines } from '../../jobs/lineFiles.ts';
import { parseJson, readTextFile } from '../../jsonFile.ts';
import { EXPORT_FILE, type ExportManifest, exportManifestSchema } from '../export/exportSession.ts';
import { psychDsName } from '../export/psychDs.ts';
import { type ReadResponse, toReadResponse } from './checkResponse.ts';
import { readLongTables } from './readLongTables.ts';

const LARGEST_MANIFEST = 2 ** 20;

/** Whether `path` is the folder of an export. */
export const isExportFolder = (path: string): boolean => existsSync(join(path, EXPORT_FILE));

/** What the folder says it is. Throws UserError where it is no export. */
export const readManifest = (folder: string): ExportManifest =>
  parseJson(readTextFile(join(folder, EXPORT_FILE), LARGEST_MANIFEST), exportManifestSchema, {
    file: join(folder, EXPORT_FILE),
  });

const participantLine = z.looseObject({ subjectId: z.string().min(1), responses: z.array(z.unknown()) });

async function* fromJsonLines(file: string): AsyncGenerator<ReadResponse> {
  let line = 0;
  for await (const text of readLines(file)) {
    line++;
    const { subjectId, responses } = parseJson(text, participantLine, { file, line });
    for (const response of responses) yield { subjectId, response: toReadResponse(response, { file, line }) };
  }
}

const trialLine = z.looseObject({ subject_id: z.string().min(1), answer: z.unknown() });

/** Our own jsPsych file has one trial a line, so it need not be read whole. */
async function* fromJspsych(file: string): AsyncGenerator<ReadResponse> {
  let line = 0;
  for await (const text of readLines(file)) {
    line++;
    if (text === '[' || text === ']') continue;
    const { subject_id, answer } = parseJson(text.replace(/,$/, ''), trialLine, { file, line });
    yield { subjectId: subject_id, response: toReadResponse(answer, { file, line }) };
  }
}

/** Every response of an export, in its order. Throws UserError for the formats that hold summaries alone, and for what does not fit. */
export async function* readExportFolder(folder: string): AsyncGenerator<ReadResponse> {
  const { format, studySlug } = readManifest(folder);
  try {
    switch (format) {
      case 'csv':
        return yield* readLongTables((table) => join(folder, `${table}.csv`));
      case 'psych-ds':
        return yield* readLongTables((table) => join(folder, psychDsName(studySlug, table)));
      case 'jsonl':
        return yield* fromJsonLines(join(folder, 'data.jsonl'));
      case 'jspsych':
        return yield* fromJspsych(join(folder, 'jspsych.json'));
      case 'msa':
      case 'ppt':
        throw new UserError(`import: an export in the ${format} format holds no single responses`, {
          hint: format === 'msa' ? 'give its msa_multiclick.json' : 'give its ppt_bins.json, with --map ppt_map.jsonl',
          location: { file: folder },
        });
      default:
        throw format satisfies never;
    }
  } catch (error) {
    throw fileError(folder, error);
  }
}
