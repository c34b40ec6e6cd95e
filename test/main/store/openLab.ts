/** A lab for store tests: a workspace with a session, participants and answers, made through the host. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHost, type Host } from '../../../main/host.ts';
import { freeBytes } from '../../../main/store/diskSpace.ts';
import { type WorkspacePaths, workspacePaths } from '../../../main/workspacePaths.ts';
import type { StoredResponse } from '../../../shared/response.ts';
import { answer, smallStudy } from '../smallStudy.ts';

export const researcher = { role: 'researcher' } as const;

export type Lab = {
  readonly folder: string;
  readonly paths: WorkspacePaths;
  host: Host;
  readonly sessionId: string;
  readonly participantIds: readonly string[];
  /** Submits one more answer for a participant and gives its store number. */
  submit(index: number, changes?: Parameters<typeof answer>[1]): number;
  responses(): StoredResponse[];
  reopen(): Promise<void>;
  remove(): Promise<void>;
};

export const openHost = (folder: string): Promise<Host> =>
  createHost({ workspace: folder, mode: 'headless', studies: join(folder, 'none') });

const ENOUGH_BYTES = 2 ** 30;

/** Memory where there is enough of it: what these tests show does not depend on the disk, and syncing one takes long. */
export const FAST_PLACE = existsSync('/dev/shm') && freeBytes('/dev/shm') > ENOUGH_BYTES ? '/dev/shm' : tmpdir();

/** Opens a lab with `participants` people, each past the instructions, and `answers` answers of each. */
export async function openLab(participants = 2, answers = 5, place = FAST_PLACE, study = smallStudy()): Promise<Lab> {
  const root = mkdtempSync(join(place, 'lab-'));
  const folder = join(root, 'lab');
  const host = await openHost(folder);
  const versionId = host.importStudy(study);
  const { sessionId } = await host.handlers['sessions.open']({ versionId, stage: 'simulated', seed: 3 }, researcher);
  const participantIds: string[] = [];
  const counts = new Map<number, number>();
  for (let i = 0; i < participants; i++) {
    const added = await host.handlers['sessions.addParticipant']({ sessionId, label: `Person ${i}` }, researcher);
    participantIds.push(added.participantId);
    await host.handlers['participant.advance']({ trialIndex: 0 }, { role: 'participant', ...added });
  }
  const lab: Lab = {
    folder,
    paths: workspacePaths(folder),
    host,
    sessionId,
    participantIds,
    submit: (index, changes) => {
      const clientSeq = counts.get(index) ?? 0;
      const { serverSeq } = lab.host.handlers['participant.submit'](answer(clientSeq, changes), {
        role: 'participant',
        participantId: participantIds[index],
      }) as { serverSeq: number };
      counts.set(index, clientSeq + 1);
      return serverSeq;
    },
    responses: () => [...lab.host.readResponses(sessionId)],
    reopen: async () => {
      await lab.host.close();
      lab.host = await openHost(folder);
    },
    remove: async () => {
      await lab.host.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
  for (let n = 0; n < answers; n++) for (let i = 0; i < participants; i++) lab.submit(i, { rating: (n * 7 + i) % 101 });
  return lab;
}
