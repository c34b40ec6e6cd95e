/** A workspace as large as the screens must bear: many scenarios in the library, a session with many responses, and sessions beside it. */
import { join } from 'node:path';
import { createHost } from '../../main/host.ts';
import { openSession } from '../../main/store/sessions.ts';
import { openStore } from '../../main/store/store.ts';
import { listStudies } from '../../main/store/studyVersions.ts';
import { openWorkspace } from '../../main/workspace.ts';
import type { Job } from '../../shared/job.ts';
import { fillSession } from './filledSession.ts';

const SESSIONS = 40;
const LOOK_MS = 100;
const researcher = { role: 'researcher' } as const;

/** What is put in: scenarios of the library, and responses of one session. */
export type WorkspaceSizes = { readonly scenarios: number; readonly responses: number };

async function fillStore(workspace: string, responses: number): Promise<void> {
  await openWorkspace(workspace, async ({ connection, paths, close }) => {
    const store = openStore(connection, paths);
    fillSession(store, responses, (made) => console.error(`${made} responses made`));
    const [{ versionId }] = listStudies(store.read);
    for (let seed = 0; seed < SESSIONS; seed++) openSession(store, { versionId, stage: 'draft', seed });
    store.close();
    close();
  });
}

async function fillLibrary(workspace: string, count: number): Promise<void> {
  const host = await createHost({ workspace, mode: 'headless' });
  const input = { domain: 'sports', style: 'structured', count, seed: 1 } as const;
  const { jobId } = await host.handlers['jobs.start']({ kind: 'generate', input }, researcher);
  const find = async (): Promise<Job | undefined> =>
    (await host.handlers['jobs.list']({}, researcher)).find((job) => job.jobId === jobId);
  let job = await find();
  while (job?.state === 'queued' || job?.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    job = await find();
  }
  await host.close();
  if (job?.state !== 'done') throw new Error(`the scenarios were not made: ${job?.problem ?? job?.state}`);
}

/** Makes the workspace in `folder` and gives its path. */
export async function makeLargeWorkspace(folder: string, { scenarios, responses }: WorkspaceSizes): Promise<string> {
  const workspace = join(folder, 'lab');
  await fillStore(workspace, responses);
  await fillLibrary(workspace, scenarios);
  return workspace;
}
