/** The job that asks a transformer the questions of benchmark files. Stopped, it goes on from the answers it has. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { estimateText } from '../../../engine/figures/numberText.ts';
import { UserError } from '../../../shared/errors.ts';
import type { JobInput } from '../../../shared/job.ts';
import type { RunControl } from '../../../shared/progress.ts';
import { runBenchmark } from '../../exchange/benchmark/benchmarkRun.ts';
import { type JobContext, transformerFolder } from './jobContext.ts';
import { adapterFolder } from './respondents.ts';

/** Runs into `benchmarks/<name>`. Throws UserError where a file is not there or does not fit, and where the name is of another run. */
export async function runBenchmarkJob(
  { paths }: JobContext,
  { name, benchmark, run, transformer, backend, ...input }: JobInput<'benchmark'>,
  control: RunControl,
): Promise<string> {
  const placeOf = (file: string): string => {
    const path = join(paths.benchmarkFiles, file);
    if (existsSync(path)) return path;
    throw new UserError(`there is no benchmark file ${file} in this workspace`, {
      hint: `put it into ${paths.benchmarkFiles}`,
    });
  };
  const { rows, items } = await runBenchmark(
    {
      ...input,
      name: benchmark,
      files: input.files.map(placeOf),
      fitFiles: input.fitFiles.map(placeOf),
      out: join(paths.benchmarks, name),
      answering: {
        transformer: transformerFolder(paths, transformer),
        adapter: run === null ? null : adapterFolder(paths.runs, run),
        device: { backend, threads: 1 },
      },
    },
    control,
  );
  const isEstimate = benchmark === 'openestimate';
  return `${items} items; ${isEstimate ? 'MAE' : 'accuracy'} ${estimateText(rows[0].score, isEstimate ? 2 : 3)}`;
}
