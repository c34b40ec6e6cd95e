/**
 * The host that is killed: a workspace with a lab network. Whoever completes is followed by the next participant at the same station; after
 * a restart it goes on with the stations and participants it finds.
 */
import { createHost } from '../../main/host.ts';
import type { FromHost, Kept, ToHost } from './stationMessages.ts';
import { stationStudy } from './stationStudy.ts';

const SEAT_EVERY_MS = 300;

const [workspace] = process.argv.slice(2);
const researcher = { role: 'researcher' } as const;
const tell = (message: FromHost): void => void process.send?.(message);
const host = await createHost({ workspace, mode: 'headless', studies: '/nonexistent' });
const { handlers } = host;
let isDraining = false;

const labelOf = (index: number): string => `LAB${String(index + 1).padStart(2, '0')}`;

async function sessionId(): Promise<string | undefined> {
  const [session] = await handlers['sessions.list']({}, researcher);
  return session?.sessionId;
}

async function seatNext(session: string, station: { stationId: string; label: string }): Promise<void> {
  const input = {
    sessionId: session,
    label: `${station.label} ${crypto.randomUUID().slice(0, 8)}`,
    seat: station.label,
  };
  const { participantId } = await handlers['sessions.addParticipant'](input, researcher);
  await handlers['stations.seat']({ stationId: station.stationId, participantId }, researcher);
}

/** Seats the next participant wherever one has completed or none sits. */
async function follow(): Promise<void> {
  const session = await sessionId();
  if (session === undefined) return;
  const { tiles } = await handlers['sessions.monitor']({ sessionId: session }, researcher);
  const states = new Map(tiles.map(({ participantId, state }) => [participantId, state]));
  const { stations } = await handlers['lan.status']({}, researcher);
  const free = stations.filter(
    ({ participantId }) => participantId === null || states.get(participantId) === 'completed',
  );
  if (!isDraining) for (const station of free) await seatNext(session, station);
  else if (free.length === stations.length) {
    isDraining = false;
    clearInterval(following);
    tell({ kind: 'drained' });
  }
}

async function open(stations: number): Promise<void> {
  const versionId = host.importStudy(stationStudy());
  await handlers['sessions.open']({ versionId, stage: 'simulated', seed: 12 }, researcher);
  await handlers['lan.open']({ address: '127.0.0.1', port: 0, network: 'isolated' }, researcher);
  const addresses: string[] = [];
  for (let i = 0; i < stations; i++)
    addresses.push((await handlers['stations.add']({ label: labelOf(i) }, researcher)).url);
  tell({ kind: 'opened', addresses });
}

async function report(): Promise<void> {
  const session = (await sessionId()) ?? '';
  const { tiles, balance } = await handlers['sessions.monitor']({ sessionId: session }, researcher);
  const seats = new Map(tiles.map(({ participantId, seat }) => [participantId, seat ?? '']));
  const completed = tiles.filter(({ state }) => state === 'completed').length;
  const kept = [...host.readResponses(session)].map(
    ({ participantId, trialIndex, queryId, clientSeq, serverSeq, rating }): Kept => ({
      seat: seats.get(participantId) ?? '',
      participantId,
      trialIndex,
      queryId,
      clientSeq,
      serverSeq,
      rating,
    }),
  );
  const faults = (await host.check()).map(({ place, problem }) => `${place}: ${problem}`);
  const cells = Object.fromEntries(balance.map(({ cell, completed: filled }) => [cell, filled]));
  const queries = stationStudy().scenarios.reduce((sum, scenario) => sum + scenario.queries.length, 0);
  tell({ kind: 'report', kept, completed, unfinished: tiles.length - completed, cells, faults, queries });
}

const following = setInterval(() => void follow(), SEAT_EVERY_MS);
process.on('message', (message: ToHost) => {
  if (message.kind === 'open') void open(message.stations);
  if (message.kind === 'drain') isDraining = true;
  if (message.kind === 'report') void report();
});
process.on('disconnect', () => process.exit(0));
tell({ kind: 'ready' });
