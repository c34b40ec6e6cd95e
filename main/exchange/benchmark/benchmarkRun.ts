/**
 * `credence benchmark` as a function: reads the items, asks the transformer, scores it beside floors and ceilings, and writes all of it into a
 * folder. A run that was stopped goes on where it was when it is started again with the same settings.
 */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import {
  alphabetOf,
  type BenchmarkItem,
  type ChoiceItem,
} from '../../../engine/evaluation/benchmarks/benchmarkItem.ts';
import { offeredLogProbs, temperatureItem } from '../../../engine/evaluation/benchmarks/scoreChoices.ts';
import { verbalizedPrompt } from '../../../engine/evaluation/benchmarks/verbalized.ts';
import { createRandom, shuffled } from '../../../engine/random.ts';
import { fitTemperature } from '../../../engine/statistics/temperature.ts';
import type { BenchmarkResult } from '../../../shared/benchmark.ts';
import { UserError } from '../../../shared/errors.ts';
import type { RunControl } from '../../../shared/progress.ts';
import { createFolder, writeWhole } from '../../jobs/datasetFiles.ts';
import { hashFile } from '../../jobs/lineFiles.ts';
import { parseJson, readTextFile } from '../../jsonFile.ts';
import { version } from '../../resources.ts';
import type { ItemAnswer } from './answerLog.ts';
import { type Answering, askItems, type Question } from './askItems.ts';
import { benchmarkFiles } from './benchmarkFiles.ts';
import { type BenchmarkPlan, readBenchmark } from './readBenchmark.ts';
import { scoreBenchmark } from './scoreBenchmark.ts';

export type BenchmarkRequest = BenchmarkPlan & {
  readonly out: string;
  readonly answering: Answering;
  /** Files of another split of the same benchmark, on which a temperature is fitted. */
  readonly fitFiles: readonly string[];
  readonly isVerbalized: boolean;
};

/** Items a temperature is fitted on, at most. */
const MOST_FIT_ITEMS = 1000;
const SETTINGS_FILE = 'benchmark.json';
const LARGEST_SETTINGS = 2 ** 20;

/** Everything that decides a run's answers. */
async function settingsOf({
  name,
  files,
  fitFiles,
  seed,
  isGuided,
  limit,
  answering,
  isVerbalized,
}: BenchmarkRequest): Promise<object> {
  const hashes = (paths: readonly string[]): Promise<string[]> => Promise.all(paths.map(hashFile));
  const { transformer, adapter, device } = answering;
  return {
    name,
    seed,
    isGuided,
    isVerbalized,
    limit: limit ?? null,
    files: await hashes(files),
    fitFiles: await hashes(fitFiles),
    transformer: resolve(transformer),
    adapter: adapter === null ? null : resolve(adapter),
    backend: device.backend,
    appVersion: version(),
  };
}

/** Makes the folder or finds the same run in it. Throws UserError where it holds anything else. */
async function enterFolder(out: string, settings: object): Promise<void> {
  const file = join(out, SETTINGS_FILE);
  const text = `${JSON.stringify(settings, null, 2)}\n`;
  if (existsSync(file)) {
    if (
      JSON.stringify(parseJson(readTextFile(file, LARGEST_SETTINGS), z.unknown(), { file })) ===
      JSON.stringify(settings)
    )
      return;
    throw new UserError(`${out}: the folder holds a run with other settings`, {
      hint: 'choose another folder with --out, or give the same flags and files as before to go on',
      location: { file },
    });
  }
  if (existsSync(out) && (await readdir(out)).length > 0)
    throw new UserError(`${out}: the folder holds files that are not a benchmark run`, {
      hint: 'choose another folder with --out',
      location: { file: out },
    });
  await createFolder(out);
  await writeWhole(file, text);
}

const toQuestion = (item: BenchmarkItem): Question => ({
  id: item.id,
  prompt: item.prompt,
  prefill: item.prefill,
  alphabet: alphabetOf(item),
});

const isChoice = (item: BenchmarkItem): item is ChoiceItem => item.kind === 'choice';

/** Percentages said for every option of every item: options one after another, each round asked of all items at once. */
async function askVerbalized(
  items: readonly ChoiceItem[],
  out: string,
  who: Answering,
  control: RunControl,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const said = new Map<string, number[]>(items.map(({ id }) => [id, []]));
  const rounds = Math.max(...items.map(({ labels }) => labels.length));
  for (let round = 0; round < rounds; round++) {
    const asked = items.filter(({ id, labels }) => labels.length > round && said.get(id)?.length === round);
    const questions = asked.map((item) => ({
      id: item.id,
      ...verbalizedPrompt(item, said.get(item.id) ?? []),
      alphabet: 'integers' as const,
    }));
    const answers = await askItems(questions, join(out, `verbalized-${round + 1}.jsonl`), who, control);
    for (const { id, logProbs } of answers) if (logProbs) said.get(id)?.push(logProbs.indexOf(Math.max(...logProbs)));
  }
  return new Map(
    [...said].filter(([id, values]) => values.length === items.find((item) => item.id === id)?.labels.length),
  );
}

/** The temperature fitted on another split; null where none is given. */
async function fitOn(request: BenchmarkRequest, control: RunControl): Promise<BenchmarkResult['temperature']> {
  if (request.fitFiles.length === 0) return null;
  const all = (await readBenchmark({ ...request, files: request.fitFiles, limit: undefined })).filter(isChoice);
  const chosen = shuffled(createRandom(request.seed).split('temperature'), all).slice(0, MOST_FIT_ITEMS);
  const answers = await askItems(chosen.map(toQuestion), join(request.out, 'fit.jsonl'), request.answering, control);
  const items = chosen.flatMap((item, i) => {
    const { logProbs } = answers[i];
    return logProbs === null ? [] : [temperatureItem(item, offeredLogProbs(item, logProbs))];
  });
  if (items.length === 0) throw new UserError('benchmark: no item of --fit could be asked: all prompts are too long');
  const { temperature, bound } = fitTemperature(items);
  return { temperature: Number.isNaN(temperature) ? null : temperature, bound, items: items.length };
}

export type Answered<I extends BenchmarkItem> = { readonly item: I; readonly logProbs: readonly number[] };

function answeredOf(items: readonly BenchmarkItem[], answers: readonly ItemAnswer[]): Answered<BenchmarkItem>[] {
  return items.flatMap((item, i) => {
    const { logProbs } = answers[i];
    return logProbs === null ? [] : [{ item, logProbs }];
  });
}

/** Runs a benchmark. Throws UserError on files, folders and flags that do not fit, CancelledError on the signal. */
export async function runBenchmark(request: BenchmarkRequest, control: RunControl = {}): Promise<BenchmarkResult> {
  const { name, out, answering, isVerbalized, fitFiles } = request;
  if (name === 'openestimate' && (isVerbalized || fitFiles.length > 0))
    throw new UserError(
      `benchmark: openestimate takes no ${isVerbalized ? '--verbalized' : '--fit'}: its answers are numbers`,
    );
  const items = await readBenchmark(request);
  await enterFolder(out, await settingsOf(request));
  const answers = await askItems(items.map(toQuestion), join(out, 'items.jsonl'), answering, control);
  const temperature = await fitOn(request, control);
  const said = isVerbalized ? await askVerbalized(items.filter(isChoice), out, answering, control) : null;
  const answered = answeredOf(items, answers);
  const scored = scoreBenchmark(answered, {
    items,
    temperature: temperature?.temperature ?? null,
    said,
    seed: request.seed,
  });
  const result: BenchmarkResult = {
    name,
    isGuided: request.isGuided,
    transformer: answering.transformer,
    adapter: answering.adapter,
    appVersion: version(),
    items: items.length,
    tooLong: items.length - answered.length,
    seed: request.seed,
    temperature,
    ...scored,
  };
  for (const [file, text] of benchmarkFiles(result, answered)) await writeWhole(join(out, file), text);
  return result;
}
