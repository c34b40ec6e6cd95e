/** The demo's folder: a workspace like any other, marked as the demo's own, so that the next demo may replace it and nothing else. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHost, type Host } from '../host.ts';
import type { ObjectionTo } from './stagedFolder.ts';

const MARKER = 'demo.json';

/** Where things lie in the demo's folder beside those of every workspace. */
export const demoPaths = (folder: string) => ({
  dataset: join(folder, 'datasets', 'sports'),
  studyDataset: join(folder, 'datasets', 'study'),
  run: (arm: string): string => join(folder, 'runs', arm),
});

/** Marks `folder` as made by the demo. */
export const markDemo = (folder: string, facts: Readonly<Record<string, unknown>>): void =>
  writeFileSync(join(folder, MARKER), `${JSON.stringify(facts, null, 2)}\n`);

async function sessionsOtherThanSimulated(host: Host): Promise<number> {
  const sessions = await host.handlers['sessions.list']({}, { role: 'researcher' });
  return sessions.filter(({ stage, responses }) => stage !== 'simulated' && responses > 0).length;
}

/**
 * A folder that the demo did not make, or where people have answered since, must stay. Throws UserError when the workspace is open
 * elsewhere.
 */
export const objectionToReplacing: ObjectionTo = async (folder) => {
  if (!existsSync(join(folder, MARKER))) return 'it is not empty and was not made by the demo';
  const host = await createHost({ workspace: folder, mode: 'headless' });
  try {
    const others = await sessionsOtherThanSimulated(host);
    return others > 0 ? `it holds ${others} session${others > 1 ? 's' : ''} with answers of people` : undefined;
  } finally {
    await host.close();
  }
};
