/** Stations answer once a second while attacks run one after another; what they wait for each acknowledgement is measured throughout. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createStationBrowser, type StationBrowser } from '../main/lan/stationBrowser.ts';
import { answer } from '../main/smallStudy.ts';
import type { FromHost, Outcome, Target, ToHost } from './attackMessages.ts';
import { ATTACKS } from './attacks.ts';

export type AttackOptions = {
  readonly stations: number;
  /** How long each attack runs. */
  readonly ms: number;
  readonly onAttack?: (row: AttackRow) => void;
};

/** One attack, and what the honest stations saw of it. The first row is without any. */
export type AttackRow = {
  readonly attack: string;
  readonly tried: number;
  readonly breaches: readonly string[];
  readonly answers: number;
  readonly failed: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** How late this machine woke the measuring process itself, 99th percentile: what no server could be faster than. */
  readonly machineDelayMs: number;
};

export type AttackResult = {
  readonly rows: readonly AttackRow[];
  readonly end: Extract<FromHost, { kind: 'ended' }>;
  readonly acknowledged: number;
};

const here = import.meta.dirname;
const EVERY_MS = 1000;

const nextMessage = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T));
    child.once('exit', (code, signal) => reject(new Error(`a process ended: ${signal ?? code}`)));
  });

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

/** Stations that answer once a second each, the times it took, and how many were not acknowledged. */
function startAnswering(browsers: readonly StationBrowser[]) {
  let times: number[] = [];
  let failed = 0;
  let acknowledged = 0;
  let isOver = false;
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const answerOnce = async (browser: StationBrowser, clientSeq: number): Promise<boolean> => {
    const startedAt = performance.now();
    const reply = await browser.call('participant.submit', answer(clientSeq)).catch(() => undefined);
    if (!reply?.ok) {
      failed++;
      return false;
    }
    times.push(performance.now() - startedAt);
    acknowledged++;
    return true;
  };
  const run = async (browser: StationBrowser, i: number): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, (EVERY_MS * i) / browsers.length));
    for (let clientSeq = 0; !isOver; ) {
      const next = new Promise((resolve) => setTimeout(resolve, EVERY_MS));
      if (await answerOnce(browser, clientSeq)) clientSeq++;
      await next;
    }
  };
  const over = Promise.all(browsers.map(run));
  return {
    take: () => {
      const taken = {
        answers: times.length,
        failed,
        p50Ms: quantile(times, 0.5),
        p99Ms: quantile(times, 0.99),
        machineDelayMs: delay.percentile(99) / 1e6,
      };
      delay.reset();
      times = [];
      failed = 0;
      return taken;
    },
    async stop(): Promise<number> {
      isOver = true;
      await over;
      return acknowledged;
    },
  };
}

/** Runs every attack for `ms` against one host. */
export async function runAttacks({ stations, ms, onAttack }: AttackOptions): Promise<AttackResult> {
  const host = fork(join(here, 'hostProcess.ts'));
  const attacker = fork(join(here, 'attackProcess.ts'));
  try {
    host.send({ kind: 'open', stations: stations + 1 } satisfies ToHost);
    const opened = await nextMessage<Extract<FromHost, { kind: 'opened' }>>(host);
    const browsers = opened.keys.map((_, i) => createStationBrowser(opened.url, `127.0.0.${10 + i}`));
    for (const [i, browser] of browsers.entries()) await browser.enter(opened.keys[i]);
    const held = browsers.pop();
    const { hostname, port, host: name, origin } = new URL(opened.url);
    const target: Target = { hostname, port: Number(port), host: name, origin, cookie: held?.cookie ?? '' };
    const answering = startAnswering(browsers);
    const rows: AttackRow[] = [];
    const add = (attack: string, outcome: Outcome): void => {
      const row = { attack, ...outcome, ...answering.take() };
      rows.push(row);
      onAttack?.(row);
    };
    await new Promise((resolve) => setTimeout(resolve, ms));
    add('none', { tried: 0, breaches: [] });
    for (const attack of Object.keys(ATTACKS)) {
      attacker.send({ name: attack, target, ms });
      add(attack, await nextMessage<Outcome>(attacker));
    }
    const acknowledged = await answering.stop();
    for (const browser of browsers) browser.close();
    host.send({ kind: 'end' } satisfies ToHost);
    return { rows, end: await nextMessage<Extract<FromHost, { kind: 'ended' }>>(host), acknowledged };
  } finally {
    attacker.kill('SIGKILL');
    host.disconnect();
  }
}
