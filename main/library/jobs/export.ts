/** The job that writes a session's answers into the workspace's folder of exports. */
import { join } from 'node:path';
import type { JobInput } from '../../../shared/job.ts';
import type { RunControl } from '../../../shared/progress.ts';
import type { JobContext } from './jobContext.ts';

/** Exports into `exports/<name>`, replacing an export of that name. Stopped, it leaves nothing; gone on with, it begins anew. */
export async function runExport(
  { paths, exportSession }: JobContext,
  { name, ...request }: JobInput<'export'>,
  control: RunControl,
): Promise<string> {
  const out = join(paths.exports, name);
  const { participants, responses, stage } = await exportSession({ ...request, out }, control);
  return `${responses} answers of ${participants} ${stage === 'simulated' ? 'SIMULATED ' : ''}participants in ${out}`;
}
