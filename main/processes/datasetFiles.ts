/**
 * Dataset records as scenarios, read when they are needed: an index of where each scenario lies is made in one pass that also checks every line
 * and the length of every prompt, so that memory does not grow with the dataset and a fault is found before training begins.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { type PreparedScenario, prepareScenarios } from '../../engine/training/prepareScenarios.ts';
import type { ScenarioSource } from '../../engine/training/scenarioSource.ts';
import type { Tokenizer } from '../../engine/transformer/tokenizer.ts';
import { UserError } from '../../shared/errors.ts';
import { type DatasetRecord, datasetRecordSchema, type Split } from '../../shared/training.ts';
import { parseRecord, readJsonLines, recordsOf } from './jsonLines.ts';

/** Scenarios kept as prepared; the rest is read again when its turn comes. */
const KEPT_SCENARIOS = 1024;

const splitFile = (dataset: string, split: Split): string => join(dataset, `${split}.jsonl`);

const noRecords = (file: string, split: string): UserError =>
  new UserError(`the ${split} split has no records`, {
    location: { file },
    hint: 'Build a larger dataset, or hold out other motif cells.',
  });

/** The records of one split of a small dataset folder; they must not be none. */
export async function readSplit(dataset: string, split: Split): Promise<DatasetRecord[]> {
  const file = splitFile(dataset, split);
  const records = await readJsonLines(file, datasetRecordSchema);
  if (records.length === 0) throw noRecords(file, split);
  return records;
}

/** What turns records into token ids. */
export type PromptOptions = { readonly tokenizer: Tokenizer; readonly maxTokens: number };

/** Scenarios in a file; `records` counts their queries. */
export type ScenarioFile = ScenarioSource & { readonly records: number; readonly close: () => void };

/** Where a scenario's lines lie: bytes `begin` up to `end`, the first of them line `line`. */
type Place = { readonly begin: number; readonly end: number; readonly line: number };

/** The scenarios of one split; they must not be none. */
export async function openSplit(dataset: string, split: Split, options: PromptOptions): Promise<ScenarioFile> {
  const file = splitFile(dataset, split);
  const opened = await openScenarios(file, options);
  if (opened.count > 0) return opened;
  opened.close();
  throw noRecords(file, split);
}

/** The scenarios of a file of records: runs of lines with one scenario id. Throws UserError naming the line of the first fault. */
export async function openScenarios(file: string, options: PromptOptions): Promise<ScenarioFile> {
  const { places, records } = await indexScenarios(file, options);
  const descriptor = openSync(file, 'r');
  const kept = new Map<number, PreparedScenario>();
  return {
    count: places.length,
    records,
    read: (index) => {
      const known = kept.get(index);
      if (known) return known;
      const [scenario] = prepareScenarios(
        readPlace(descriptor, file, places[index]),
        options.tokenizer,
        options.maxTokens,
      );
      if (kept.size < KEPT_SCENARIOS) kept.set(index, scenario);
      return scenario;
    },
    close: () => closeSync(descriptor),
  };
}

async function indexScenarios(file: string, options: PromptOptions): Promise<{ places: Place[]; records: number }> {
  const places: Place[] = [];
  let id: string | null = null;
  let records = 0;
  for await (const { value, line } of recordsOf(file, datasetRecordSchema)) {
    prepareScenarios([value], options.tokenizer, options.maxTokens);
    records++;
    const begin = id === value.scenarioId ? places.pop() : undefined;
    places.push({ begin: line.begin, line: line.number, ...begin, end: line.end });
    id = value.scenarioId;
  }
  return { places, records };
}

function readPlace(descriptor: number, file: string, { begin, end, line }: Place): DatasetRecord[] {
  const bytes = Buffer.alloc(end - begin);
  for (let done = 0; done < bytes.length; ) {
    const count = readSync(descriptor, bytes, done, bytes.length - done, begin + done);
    if (count === 0) throw new UserError('this file became shorter while it was read', { location: { file, line } });
    done += count;
  }
  return bytes
    .toString('utf8')
    .split(/\r?\n/)
    .flatMap((text, i) =>
      text.trim() === '' ? [] : [parseRecord(text, datasetRecordSchema, { file, line: line + i })],
    );
}
