/** The job that writes scenarios of the library into the workspace's folder of exports, as `credence generate` writes them. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { JobInput } from '../../../shared/job.ts';
import type { RunControl } from '../../../shared/progress.ts';
import { writeScenarios } from '../../jobs/scenarioFiles.ts';
import type { JobContext } from './jobContext.ts';

/** Exports into `exports/<name>`, replacing an export of that name. */
export async function runScenarios(
  { library, paths }: JobContext,
  { name, scenarios }: JobInput<'scenarios'>,
  control: RunControl,
): Promise<string> {
  mkdirSync(paths.exports, { recursive: true, mode: 0o700 });
  const all = { values: library.select(scenarios), total: library.count(scenarios) };
  const { folder, count } = await writeScenarios('export', join(paths.exports, name), all, control);
  return `${count} scenarios in ${folder}`;
}
