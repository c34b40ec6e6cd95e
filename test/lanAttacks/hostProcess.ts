/** The host under attack: a workspace with a lab network, on this machine's disk. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { EVENT_LOG } from '../../main/eventLog.ts';
import { createHost } from '../../main/host.ts';
import { smallStudy } from '../main/smallStudy.ts';
import type { FromHost, ToHost } from './attackMessages.ts';

const folder = mkdtempSync(join(tmpdir(), 'attacked-'));
const workspace = join(folder, 'lab');
const researcher = { role: 'researcher' } as const;
const tell = (message: FromHost): void => void process.send?.(message);
const host = await createHost({ workspace, mode: 'headless', studies: join(folder, 'none') });
const delay = monitorEventLoopDelay({ resolution: 5 });

async function open(stations: number): Promise<void> {
  const versionId = host.importStudy(smallStudy());
  const { sessionId } = await host.handlers['sessions.open']({ versionId, stage: 'simulated', seed: 1 }, researcher);
  const status = await host.handlers['lan.open']({ address: '127.0.0.1', port: 0, network: 'isolated' }, researcher);
  const keys: string[] = [];
  for (let i = 0; i < stations; i++) {
    const label = `LAB${i}`;
    const { stationId, url } = await host.handlers['stations.add']({ label }, researcher);
    const { participantId } = await host.handlers['sessions.addParticipant']({ sessionId, label }, researcher);
    await host.handlers['participant.advance']({ trialIndex: 0 }, { role: 'participant', participantId });
    // The last station stays empty: it is the one the attacker holds.
    if (i < stations - 1) await host.handlers['stations.seat']({ stationId, participantId }, researcher);
    keys.push(new URL(url).hash.slice('#key='.length));
  }
  delay.enable();
  tell({ kind: 'opened', url: status.open?.url ?? '', keys });
}

async function end(): Promise<void> {
  const sessions = await host.handlers['sessions.list']({}, researcher);
  const responses = sessions.flatMap(({ sessionId }) => [...host.readResponses(sessionId)]).length;
  const faults = (await host.check()).map(({ place, problem }) => `${place}: ${problem}`);
  const log = readFileSync(join(workspace, EVENT_LOG), 'utf8');
  const deaths = log.split('the LAN process ended').length - 1;
  const maxResidentBytes = process.resourceUsage().maxRSS * 1024;
  tell({ kind: 'ended', deaths, responses, faults, maxResidentBytes, loopDelayMs: delay.percentile(99) / 1e6 });
  await host.close();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}

process.on('message', (message: ToHost) => void (message.kind === 'open' ? open(message.stations) : end()));
process.on('disconnect', () => process.exit(0));
