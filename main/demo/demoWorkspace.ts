/** The demo's folder: a workspace like any other, marked as the demo's own, so that the next demo may replace it and nothing else. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHost, type Host } from '../host.ts';
import type { ObjectionTo } from '../stagedFolder.ts';
import { workspacePaths } from '../workspacePaths.ts';

const MARKER = 'demo.json';
const NOT_OURS = 'it is not empty and was not made by the demo';

/** Where things lie in the demo's folder beside those of every workspace. */
export const demoPaths = (folder: string) => ({
  dataset: join(folder, 'datasets', 'sports'),
  studyDataset: join(folder, 'datasets', 'study'),
  run: (arm: string): string => join(folder, 'runs', arm),
});

/** Marks `folder` as made by the demo. */
export const markDemo = (folder: string, facts: Readonly<Record<string, unknown>>): void =>
  writeFileSync(join(folder, MARKER), `${JSON.stringify(facts, null, 2)}\n`);

/** Why what a workspace holds must stay, or undefined. One that the demo did not make may hold nothing at all: as `npm start` leaves it. */
async function objectionToLosing({ handlers }: Host, isDemo: boolean): Promise<string | undefined> {
  const researcher = { role: 'researcher' } as const;
  const sessions = await handlers['sessions.list']({}, researcher);
  const others = sessions.filter(({ stage, responses }) => stage !== 'simulated' && responses > 0).length;
  if (others > 0) return `it holds ${others} session${others > 1 ? 's' : ''} with answers of people`;
  const reports = await handlers['reports.list']({}, researcher);
  return isDemo || (sessions.length === 0 && reports.length === 0) ? undefined : NOT_OURS;
}

/**
 * A folder that the demo did not make, or where people have answered since, must stay; a workspace without anything in it need not.
 * Throws UserError when the workspace is open elsewhere.
 */
export const objectionToReplacing: ObjectionTo = async (folder) => {
  const isDemo = existsSync(join(folder, MARKER));
  if (!isDemo && !existsSync(workspacePaths(folder).manifest)) return NOT_OURS;
  const host = await createHost({ workspace: folder, mode: 'headless' });
  try {
    return await objectionToLosing(host, isDemo);
  } finally {
    await host.close();
  }
};
