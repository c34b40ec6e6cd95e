/** `credence benchmark`: asks a transformer the questions of a benchmark's files and scores its answers beside floors and ceilings. */
import { join } from 'node:path';
import { z } from 'zod';
import { countText, decimal, estimateText } from '../../engine/figures/numberText.ts';
import { didYouMean } from '../../engine/program/nearestName.ts';
import { BENCHMARKS, type BenchmarkResult } from '../../shared/benchmark.ts';
import { UserError } from '../../shared/errors.ts';
import { BACKENDS } from '../../shared/training.ts';
import { runBenchmark } from '../exchange/benchmark/benchmarkRun.ts';
import { defineCommand } from './command.ts';
import { createProgressBar } from './progressBar.ts';

function describe(result: BenchmarkResult, out: string): string {
  const { name, isGuided, items, tooLong, rows, temperature, leakedMass, interval, seed } = result;
  const score = name === 'openestimate' ? 'MAE' : 'accuracy';
  const cells = rows.map(({ label, n, score: value, nll, ece }) => [
    label,
    countText(n),
    estimateText(value, name === 'openestimate' ? 2 : 3),
    estimateText(nll, 3),
    decimal(ece, 3),
  ]);
  const table = [['', 'n', score, 'NLL', 'ECE'], ...cells];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
  return [
    `${name}${isGuided ? ', guided' : ''}: ${countText(items)} items${tooLong === 0 ? '' : `, ${countText(tooLong)} of them too long for the transformer and not asked`}`,
    '',
    ...lines,
    '',
    `${Math.round(100 * interval.level)} % percentile bootstrap over items, ${countText(interval.replicates)} replicates, seed ${seed}; mean mass outside the offered answers ${decimal(leakedMass, 4)}`,
    ...(temperature === null
      ? []
      : [
          `temperature ${decimal(temperature.temperature, 3)} fitted on ${countText(temperature.items)} other items${temperature.bound === null ? '' : ` (${temperature.bound} end)`}`,
        ]),
    ...rows.flatMap(({ label, note }) => (note === null ? [] : [`note: ${label}: ${note}`])),
    `every item and the figure: ${out}`,
    '',
  ].join('\n');
}

export const benchmarkCommand = defineCommand({
  name: 'benchmark',
  summary: 'Ask a transformer the questions of a benchmark’s files and score its answers',
  positionals: ['NAME'],
  options: {
    model: { type: 'string', placeholder: 'DIR', description: 'Hugging Face folder of the transformer' },
    adapter: { type: 'string', placeholder: 'DIR', description: 'adapter folder' },
    data: {
      type: 'strings',
      placeholder: 'FILE',
      description: 'file as published: JSON Lines, JSON or Parquet; give it again for more',
    },
    fit: { type: 'strings', placeholder: 'FILE', description: 'another split, to fit a temperature on' },
    guided: { type: 'boolean', description: 'bayesian-teaching: say what options are made of' },
    verbalized: { type: 'boolean', description: 'ask for percentages in words as well' },
    limit: { type: 'number', integer: true, min: 1, description: 'the first so many items of each file' },
    seed: { type: 'number', integer: true, description: 'seed of shuffles and intervals (1)' },
    out: {
      type: 'string',
      placeholder: 'DIR',
      description: 'folder of the run (out/benchmarks/NAME); the same again goes on with it',
    },
    backend: { type: 'string', choices: BACKENDS, description: 'device' },
    threads: { type: 'number', integer: true, min: 1, description: 'threads of the CPU backend' },
    json: { type: 'boolean', description: 'print the result as JSON' },
  },
  async run(values, [given], context) {
    const name = BENCHMARKS.find((known) => known === given);
    if (name === undefined)
      throw new UserError(`benchmark: expected one of ${BENCHMARKS.join(', ')}, received "${given}"`, {
        hint: didYouMean(given, BENCHMARKS),
      });
    if (values.model === undefined || values.data.length === 0)
      throw new UserError(`benchmark: --${values.model === undefined ? 'model' : 'data'} is missing`, {
        hint: `credence benchmark ${name} --model transformer --data ${name}.jsonl`,
      });
    const bar = createProgressBar(context);
    const out = values.out ?? join('out', 'benchmarks', name);
    const result = await runBenchmark(
      {
        name,
        files: values.data,
        fitFiles: values.fit,
        seed: values.seed ?? 1,
        isGuided: values.guided,
        isVerbalized: values.verbalized,
        limit: values.limit,
        out,
        answering: {
          transformer: values.model,
          adapter: values.adapter ?? null,
          device: { backend: z.enum(BACKENDS).default('cpu').parse(values.backend), threads: values.threads ?? 1 },
        },
      },
      { onProgress: bar.report, signal: context.signal },
    ).finally(bar.finish);
    context.out(values.json ? `${JSON.stringify({ out, ...result })}\n` : describe(result, out));
  },
});
