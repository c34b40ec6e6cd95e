/** The job that builds a dataset from the library. Stopped, it goes on from its log of labels. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseCells } from '../../../engine/scenario/motifs.ts';
import { UserError } from '../../../shared/errors.ts';
import type { JobInput } from '../../../shared/job.ts';
import type { RunControl } from '../../../shared/progress.ts';
import { buildDataset } from '../../jobs/datasetBuild.ts';
import type { JobContext } from './jobContext.ts';

/** Builds `datasets/<name>` from the scenarios a filter lets through. Throws UserError where none does or the name is taken. */
export async function runDataset(
  { library, paths, pool }: JobContext,
  input: JobInput<'dataset'>,
  control: RunControl,
): Promise<string> {
  const total = library.count(input.scenarios);
  if (total === 0)
    throw new UserError('no scenario of the library matches the filter', { hint: 'generate or import some first' });
  mkdirSync(paths.datasets, { recursive: true, mode: 0o700 });
  const { scenarios, records } = await buildDataset(
    {
      scenarios: library.select(input.scenarios),
      outDir: join(paths.datasets, input.name),
      pool: pool(),
      seed: input.seed,
      precision: input.precision,
      target: input.target,
      source: input.source,
      holdOut: {
        cells: parseCells(input.holdOutCells).map(({ P, C, R }) => `${P},${C},${R}`),
        levels: [],
        domains: [],
      },
      total,
    },
    control,
  );
  const { train, validation, test } = records;
  return `${scenarios.labelled} scenarios labelled, ${scenarios.rejected} refused; ${train} queries for training, ${validation} for validation, ${test} for testing`;
}
