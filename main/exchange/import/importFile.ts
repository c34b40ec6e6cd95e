/** `credence import` as a function: what a file holds, recognised by its shape, as the lines `credence compare` reads. */
import { basename, extname } from 'node:path';
import type { AnswerSet } from '../../../engine/evaluation/answerSet.ts';
import { poolSeeds } from '../../../engine/evaluation/poolSeeds.ts';
import { UserError } from '../../../shared/errors.ts';
import type { ModelAnswer } from '../../../shared/modelAnswer.ts';
import type { Stage } from '../../../shared/study.ts';
import { readTextFile } from '../../jsonFile.ts';
import { isOneDocument } from '../lineValues.ts';
import { readAnswers } from '../readAnswers.ts';
import { type PeopleFile, readPeople } from '../readPeople.ts';
import { isExportFolder, readManifest } from './readExportFolder.ts';
import { readSamples, readTargetMap, readTargets, type SampleScale, targetAnswers } from './readTargets.ts';

const LARGEST_BYTES = 512 * 2 ** 20;

export type ImportOptions = {
  readonly stage?: Stage;
  readonly part?: string;
  /** Names the query of each `{input, output, bins}` record. */
  readonly map?: string;
  /** The scenario that samples answer; the file's name where absent. */
  readonly scenario?: string;
  readonly scale?: SampleScale;
};

export type Imported =
  | { readonly kind: 'people'; readonly people: PeopleFile }
  | { readonly kind: 'answers'; readonly answers: readonly ModelAnswer[]; readonly sets: readonly AnswerSet[] };

const SHAPES = [
  'an export’s folder',
  'CSV: participant, item, query and value, or columns item__query',
  'JSON Lines of people {participantId, scenarioId, queryId, rating | samples} or of answers {scenarioId, queryId, source, sourceId, bins | samples | mean}',
  'jsPsych trials with item_id and query_id',
  'multi-click {scenario: [{query: [values]}]}',
  'records [{input, output, bins}] with --map',
  'samples {query: [values]}, or {scenario: {query: {mean, bins?}}}',
].join(' · ');

const answersOf = (answers: readonly ModelAnswer[]): Imported => ({
  kind: 'answers',
  answers,
  sets: poolSeeds(answers),
});

function readRecords(text: string, file: string, map: string | undefined): Imported {
  const records = readTargets(text, file);
  if (map === undefined)
    throw new UserError(`${file}: ${records.length} records that name no query`, {
      hint: 'give --map FILE with a line {"index": 0, "scenarioId": …, "queryId": …} for each',
      location: { file },
    });
  const names = readTargetMap(readTextFile(map, LARGEST_BYTES), map);
  return answersOf(targetAnswers(records, names, { sourceId: basename(file, extname(file)), file }));
}

/** What the first entry of an object is tells its shape. */
function readObject(text: string, file: string, options: ImportOptions): Imported | undefined {
  const body = text.trimStart();
  // {"query1": [12, 30 …]} or {"query1": [[12], [30] …]}: numbers straight under the first key.
  if (!/^\{\s*"(?:[^"\\]|\\.)*"\s*:\s*\[\s*\[?\s*-?[\d.]/.test(body)) return undefined;
  const name = basename(file, extname(file));
  return answersOf(
    readSamples(text, { file, sourceId: name, scenarioId: options.scenario ?? name, scale: options.scale ?? 'points' }),
  );
}

/** Reads `file`. Throws UserError naming place and value of what does not fit, or the shapes there are where it has none of them. */
export async function importFile(file: string, options: ImportOptions = {}): Promise<Imported> {
  const people = async (): Promise<Imported> => ({ kind: 'people', people: await readPeople(file, options) });
  if (isExportFolder(file)) {
    readManifest(file);
    return people();
  }
  if (extname(file).toLowerCase() === '.csv') return people();
  const text = readTextFile(file, LARGEST_BYTES);
  const head = text.slice(0, 4096);
  if (!isOneDocument(text))
    return /"participantId"\s*:/.test(head.split('\n', 1)[0]) ? people() : answersOf(readAnswers(file));
  if (head.trimStart().startsWith('['))
    return /"bins"|"input"/.test(head) && /"output"/.test(text) ? readRecords(text, file, options.map) : people();
  if (/^\s*\{/.test(head)) {
    const samples = readObject(text, file, options);
    if (samples) return samples;
    return /^\s*\{\s*"(?:[^"\\]|\\.)*"\s*:\s*\{\s*"(?:[^"\\]|\\.)*"\s*:\s*\{/.test(head)
      ? answersOf(readAnswers(file))
      : people();
  }
  throw new UserError(`${file}: expected one of the shapes Credence reads, received something else`, {
    hint: SHAPES,
    location: { file },
  });
}

/** The lines of what was read, for `credence compare --human` or `--answers`. */
export function* importedLines(imported: Imported): Generator<string> {
  if (imported.kind === 'answers') {
    for (const answer of imported.answers) yield JSON.stringify(answer);
    return;
  }
  const { groups, stage, design } = imported.people;
  for (const [g, group] of groups.entries())
    for (const [p, participant] of group.participants.entries())
      for (const [q, { scenarioId, queryId }] of group.queries.entries()) {
        const samples = group.values[p * group.queries.length + q];
        if (samples.length === 0) continue;
        // Records of a nested design are nobody elsewhere: their ids say so.
        const participantId = design === 'nested' ? `${g}:${participant}` : participant;
        yield JSON.stringify({ participantId, scenarioId, queryId, samples, ...(stage === null ? {} : { stage }) });
      }
}
