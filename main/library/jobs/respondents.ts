/** Whom a job asks: the base transformer, and the adapters that runs of the workspace left. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import type { Respondent } from '../../jobs/answerSources.ts';

/** The adapter's folder of a run. Throws UserError for a run without one. */
export function adapterFolder(runsFolder: string, run: string): string {
  const adapter = join(runsFolder, run, 'adapter');
  if (existsSync(adapter)) return adapter;
  throw new UserError(`run ${run} has no adapter`, { hint: 'train it until its first validation at least' });
}

/** The base and the adapters of the named runs. Throws UserError for a run without an adapter. */
export const respondents = (runsFolder: string, runs: readonly string[]): Respondent[] => [
  { source: 'base', sourceId: 'base', label: 'Base transformer', adapter: null },
  ...runs.map(
    (run): Respondent => ({
      source: 'adapter',
      sourceId: run,
      label: `Adapter ${run}`,
      adapter: adapterFolder(runsFolder, run),
    }),
  ),
];
