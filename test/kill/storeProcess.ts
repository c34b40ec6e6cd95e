/**
 * The process that is killed: a host on a workspace, serving answers over a local socket and making backups and checkpoints all the
 * while. Told by its parent when to serve; first it tells what it found on opening.
 */
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { createHost, type Host } from '../../main/host.ts';
import type { StoredResponse } from '../../shared/response.ts';
import { answer, smallStudy } from '../main/smallStudy.ts';
import { ratingOf, type StoreMessage, type ToStore } from './killMessages.ts';

const BACKUP_EVERY_MS = 150;

const [workspace, socketPath] = process.argv.slice(2);
const tell = (message: StoreMessage): void => void process.send?.(message);
const researcher = { role: 'researcher' } as const;

const startedAt = performance.now();
const host = await createHost({ workspace, mode: 'headless', studies: '/nonexistent' });
const openedMs = performance.now() - startedAt;

async function addParticipants(count: number): Promise<string[]> {
  const versionId = host.importStudy(smallStudy());
  const { sessionId } = await host.handlers['sessions.open']({ versionId, stage: 'live', seed: 1 }, researcher);
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const { participantId } = await host.handlers['sessions.addParticipant']({ sessionId, label: `${i}` }, researcher);
    await host.handlers['participant.advance']({ trialIndex: 0 }, { role: 'participant', participantId });
    ids.push(participantId);
  }
  return ids;
}

async function storedResponses(opened: Host): Promise<StoredResponse[]> {
  const sessions = await opened.handlers['sessions.list']({}, researcher);
  return sessions.flatMap(({ sessionId }) => [...opened.readResponses(sessionId)]);
}

/** One client's connection: its first line is its participant and number, each further line an answer's number. */
async function serve(connection: Socket): Promise<void> {
  connection.on('error', () => connection.destroy());
  let seat: { participantId: string; client: number } | undefined;
  for await (const line of createInterface({ input: connection })) {
    if (!seat) {
      seat = JSON.parse(line) as { participantId: string; client: number };
      continue;
    }
    const clientSeq = Number(line);
    const response = answer(clientSeq, { rating: ratingOf(seat.client, clientSeq) });
    const acknowledged = await host.handlers['participant.submit'](response, { role: 'participant', ...seat });
    connection.write(`${JSON.stringify(acknowledged)}\n`);
  }
}

process.on('message', async (message: ToStore) => {
  if (message.kind === 'add') tell({ kind: 'added', participantIds: await addParticipants(message.count) });
  if (message.kind === 'serve') {
    createServer((connection) => void serve(connection).catch(() => connection.destroy())).listen(socketPath, () =>
      tell({ kind: 'serving' }),
    );
    setInterval(() => void host.backup(), BACKUP_EVERY_MS);
  }
  if (message.kind === 'close') {
    await host.close();
    process.exit(0);
  }
});
process.on('disconnect', () => process.exit(0));

tell({
  kind: 'opened',
  openedMs,
  faults: (await host.check()).map(({ place, problem }) => `${place}: ${problem}`),
  responses: (await storedResponses(host)).map(({ participantId, clientSeq, serverSeq, rating }) => ({
    participantId,
    clientSeq,
    serverSeq,
    rating,
  })),
});
