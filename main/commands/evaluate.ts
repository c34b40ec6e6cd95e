/** `credence evaluate`: answers a dataset's test split with a transformer and its adapter and says how far off it is, by kind of query. */
import { join } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import type { ModelAnswer } from '../../shared/modelAnswer.ts';
import { type DatasetRecord, datasetRecordSchema, SPLITS } from '../../shared/training.ts';
import { readJsonLines } from '../processes/jsonLines.ts';
import type { GenerationCheck } from '../processes/trainingMessages.ts';
import { answerQueries, checkGeneration } from '../processes/trainingRunner.ts';
import { defineCommand } from './command.ts';
import { DEVICE_OPTIONS, deviceOf } from './deviceOptions.ts';
import { createProgressBar } from './progressBar.ts';

/** MAE of the mean and of the likeliest answer in points, mean leaked mass, over `n` queries. */
export type EvaluationFigures = {
  readonly n: number;
  readonly mae: number;
  readonly argmaxMae: number;
  readonly leakedMass: number;
};

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function figuresOf(pairs: readonly (readonly [ModelAnswer, DatasetRecord])[]): EvaluationFigures {
  const argmax = (bins: readonly number[]): number => bins.indexOf(Math.max(...bins));
  return {
    n: pairs.length,
    mae: average(pairs.map(([answer, record]) => Math.abs(answer.mean - record.mean))),
    argmaxMae: average(pairs.map(([answer, record]) => Math.abs(argmax(answer.bins ?? []) - record.mean))),
    leakedMass: average(pairs.map(([answer]) => answer.leakedMass ?? 0)),
  };
}

/** Figures over all queries and by kind; `answers` and `records` in the same order. */
export function evaluationFigures(
  answers: readonly ModelAnswer[],
  records: readonly DatasetRecord[],
): Record<string, EvaluationFigures> {
  const pairs = answers.map((answer, i) => [answer, records[i]] as const);
  const kinds = [...new Set(records.map(({ kind }) => kind))];
  return {
    all: figuresOf(pairs),
    ...Object.fromEntries(kinds.map((kind) => [kind, figuresOf(pairs.filter(([, record]) => record.kind === kind))])),
  };
}

const table = (figures: Record<string, EvaluationFigures>): string =>
  [
    `${'queries'.padEnd(12)}${'n'.padStart(7)}${'MAE'.padStart(9)}${'MAE of argmax'.padStart(15)}${'leaked mass'.padStart(13)}`,
    ...Object.entries(figures).map(
      ([kind, { n, mae, argmaxMae, leakedMass }]) =>
        `${kind.padEnd(12)}${String(n).padStart(7)}${mae.toFixed(2).padStart(9)}${argmaxMae.toFixed(2).padStart(15)}${leakedMass.toFixed(4).padStart(13)}`,
    ),
    '',
  ].join('\n');

/** How many freely written answers are whole, as a line; nothing where they were not asked for. */
const describeCheck = (check: GenerationCheck | null): string =>
  check === null
    ? ''
    : `written freely: ${check.free} of ${check.n} answers whole (<number>), ${check.afterBracket} of ${check.n} after a given <; ` +
      `the first: ${check.examples.map((text) => JSON.stringify(text)).join(' ')}\n`;

export const evaluateCommand = defineCommand({
  name: 'evaluate',
  summary: "answer a dataset's queries with a transformer and measure the error",
  positionals: [],
  options: {
    model: { type: 'string', description: 'Hugging Face folder of the transformer', placeholder: 'DIR' },
    adapter: { type: 'string', description: 'adapter folder', placeholder: 'DIR' },
    data: { type: 'string', description: 'dataset folder', placeholder: 'DIR' },
    split: { type: 'string', choices: SPLITS, description: 'which split; test if absent' },
    generate: {
      type: 'number',
      integer: true,
      min: 1,
      description: 'also let it write freely after this many prompts, and count the answers that close their bracket',
    },
    ...DEVICE_OPTIONS,
    json: { type: 'boolean', description: 'print figures and answers as JSON' },
  },
  run: async ({ model, adapter, data, split, generate, backend, threads, weights, json }, _positionals, context) => {
    if (!model || !data)
      throw new UserError(`evaluate: --${model ? 'data' : 'model'} is missing`, { hint: 'credence evaluate --help' });
    const chosen = SPLITS.find((name) => name === split) ?? 'test';
    const records = await readJsonLines(join(data, `${chosen}.jsonl`), datasetRecordSchema);
    const asked = {
      transformer: model,
      adapter: adapter ?? null,
      records: data,
      split: chosen,
      device: deviceOf({ backend, threads, weights }),
    };
    const bar = createProgressBar(context);
    const control = { signal: context.signal, onProgress: bar.report };
    const source = { source: adapter ? 'adapter' : 'base', sourceId: adapter ?? model } as const;
    const answers = await answerQueries({ ...asked, ...source }, control).finally(bar.finish);
    const check = generate === undefined ? null : await checkGeneration({ ...asked, count: generate }, control);
    bar.finish();
    const figures = evaluationFigures(answers, records);
    const written = check === null ? {} : { generation: check };
    context.out(json ? `${JSON.stringify({ figures, ...written, answers })}\n` : table(figures) + describeCheck(check));
  },
});
