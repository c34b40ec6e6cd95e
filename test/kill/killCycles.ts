/**
 * Kill cycles: a store process is killed at random moments and at named steps while client processes stream answers to it; after each
 * kill it is opened again and everything acknowledged must be there, once, in order, as it was sent.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom, pick, type Random } from '../../engine/random.ts';
import type { FailPoint } from '../../main/store/failPoints.ts';
import { type Acknowledged, type Kept, ratingOf, type StoreMessage, type ToStore } from './killMessages.ts';

/** The steps a serving store passes through, with the most calls to let pass before the kill. */
const STEPS: readonly (readonly [FailPoint, number])[] = [
  ['log-append', 60],
  ['log-sync', 60],
  ['log-synced', 60],
  ['db-begin', 60],
  ['db-commit', 60],
  ['db-committed', 60],
  ['checkpoint', 1],
  ['backup-copy', 3],
  ['backup-check', 3],
  ['backup-rename', 3],
  ['backup-rotate', 3],
];

/** Where the making of the tables is killed before anybody answers: each start finds what the one before left. */
const MIGRATION_KILLS = ['migrate-statement:1', 'migrate-statement:9', 'migrate-statement:17', 'migrate-commit:1'];

export type KillOptions = {
  readonly cycles: number;
  readonly clients: number;
  readonly seed: number;
  /** Folder for the workspace; the system's temporary one unless told. */
  readonly place?: string;
  readonly onCycle?: (text: string) => void;
};

export type KillResult = {
  readonly cycles: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly doubled: number;
  readonly outOfOrder: number;
  readonly altered: number;
  readonly faults: readonly string[];
  /** Whether the comparison finds a loss, a double and a move that are planted in what was kept. */
  readonly isCaught: boolean;
  readonly slowestOpenMs: number;
  readonly ackMs: { readonly p50: number; readonly p99: number };
};

const here = import.meta.dirname;

class Killed extends Error {}

/** A store process and its messages in order. */
class StoreProcess {
  readonly child: ChildProcess;
  #waiting: ((message: StoreMessage | undefined) => void) | undefined;
  #queue: StoreMessage[] = [];
  #isGone = false;

  constructor(workspace: string, socketPath: string, failPoint: string | undefined) {
    this.child = fork(join(here, 'storeProcess.ts'), [workspace, socketPath], {
      env: { ...process.env, ...(failPoint ? { CREDENCE_FAIL_POINT: failPoint } : {}) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child.on('message', (message: StoreMessage) => this.#give(message));
    this.child.on('exit', () => {
      this.#isGone = true;
      this.#give(undefined);
    });
  }

  #give(message: StoreMessage | undefined): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) waiting(message);
    else if (message) this.#queue.push(message);
  }

  send(message: ToStore): void {
    if (!this.#isGone) this.child.send(message);
  }

  /** The next message, which must be of this kind. Throws `Killed` when the process ended first. */
  async next<K extends StoreMessage['kind']>(kind: K): Promise<Extract<StoreMessage, { kind: K }>> {
    const message =
      this.#queue.shift() ??
      (this.#isGone ? undefined : await new Promise<StoreMessage | undefined>((resolve) => (this.#waiting = resolve)));
    if (message === undefined) throw new Killed(`store ended before ${kind}`);
    if (message.kind !== kind) throw new Error(`store told ${message.kind}, not ${kind}`);
    return message as Extract<StoreMessage, { kind: K }>;
  }

  /** Waits for the end, killing it after `ms` unless it ended by itself. */
  async endAfter(ms: number): Promise<void> {
    if (this.#isGone) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    const timer = setTimeout(() => this.child.kill('SIGKILL'), ms);
    await ended;
    clearTimeout(timer);
  }
}

/** What of the acknowledged is not as it should be in what was kept. */
export function compareKept(
  acknowledged: readonly (readonly Acknowledged[])[],
  kept: readonly Kept[],
  participantIds: readonly string[],
): Pick<KillResult, 'lost' | 'doubled' | 'outOfOrder' | 'altered'> {
  const counts = { lost: 0, doubled: 0, outOfOrder: 0, altered: 0 };
  for (const [client, participantId] of participantIds.entries()) {
    const rows = kept.filter((row) => row.participantId === participantId);
    const bySeq = new Map(rows.map((row) => [row.clientSeq, row]));
    counts.doubled += rows.length - bySeq.size;
    for (const [index, row] of rows.entries()) {
      if (row.clientSeq !== index) counts.outOfOrder++;
      if (row.rating !== ratingOf(client, row.clientSeq)) counts.altered++;
    }
    for (const { clientSeq, serverSeq } of acknowledged[client]) {
      const row = bySeq.get(clientSeq);
      if (!row) counts.lost++;
      else if (row.serverSeq !== serverSeq) counts.altered++;
    }
  }
  return counts;
}

/**
 * The negative control: whether a lost, a doubled and a moved answer would be counted. Kills alone cannot show it: what a killed process
 * has written, the system keeps.
 */
function catchesFaults(...[acknowledged, kept, participantIds]: Parameters<typeof compareKept>): boolean {
  const last = acknowledged[0].at(-1);
  const isLast = (row: Kept): boolean => row.participantId === participantIds[0] && row.clientSeq === last?.clientSeq;
  const without = kept.filter((row) => !isLast(row));
  return (
    compareKept(acknowledged, without, participantIds).lost === 1 &&
    compareKept(acknowledged, [...kept, ...kept.filter(isLast)], participantIds).doubled === 1 &&
    compareKept(acknowledged, [...kept.filter(isLast), ...without], participantIds).outOfOrder > 0
  );
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

/** How one cycle ends: at a named step, or after some milliseconds of serving. */
function planKill(random: Random, cycle: number): { failPoint?: string; afterMs: number } {
  if (cycle % 2 === 0) return { afterMs: 40 + random.integer(500) };
  const [step, most] = pick(random, STEPS);
  return { failPoint: `${step}:${1 + random.integer(most)}:kill`, afterMs: 1500 };
}

/** Runs the cycles and a last clean opening. */
export async function runKillCycles(options: KillOptions): Promise<KillResult> {
  const folder = mkdtempSync(join(options.place ?? tmpdir(), 'kill-'));
  const workspace = join(folder, 'lab');
  const random = createRandom(options.seed).split('kill');
  const acknowledged: Acknowledged[][] = Array.from({ length: options.clients }, () => []);
  const clients: ChildProcess[] = [];
  let slowestOpenMs = 0;
  const faults: string[] = [];
  let isCaught = false;
  let counts = { lost: 0, doubled: 0, outOfOrder: 0, altered: 0 };
  const socketPath = join(folder, 'socket');
  try {
    for (const step of MIGRATION_KILLS) {
      const killed = new StoreProcess(workspace, socketPath, `${step}:kill`);
      await killed.next('opened').then(
        () => faults.push(`${step} was not reached`),
        (error: unknown) => {
          if (!(error instanceof Killed)) throw error;
        },
      );
      await killed.endAfter(0);
    }
    const first = new StoreProcess(workspace, socketPath, undefined);
    await first.next('opened');
    first.send({ kind: 'add', count: options.clients });
    const { participantIds } = await first.next('added');
    first.send({ kind: 'close' });
    await first.endAfter(5000);
    for (const [client, participantId] of participantIds.entries()) {
      const child = fork(join(here, 'clientProcess.ts'), [socketPath, participantId, String(client)]);
      child.on('message', (message: Acknowledged) => acknowledged[client].push(message));
      clients.push(child);
    }
    for (let cycle = 0; cycle <= options.cycles; cycle++) {
      const plan = planKill(random, cycle);
      if (existsSync(socketPath)) rmSync(socketPath);
      const store = new StoreProcess(workspace, socketPath, cycle === options.cycles ? undefined : plan.failPoint);
      try {
        const opened = await store.next('opened');
        slowestOpenMs = Math.max(slowestOpenMs, opened.openedMs);
        faults.push(...opened.faults);
        counts = compareKept(acknowledged, opened.responses, participantIds);
        if (cycle === options.cycles) isCaught = catchesFaults(acknowledged, opened.responses, participantIds);
        const bad = Object.values(counts).some((count) => count > 0) || opened.faults.length > 0;
        options.onCycle?.(
          `cycle ${cycle}: ${opened.responses.length} kept, ${plan.failPoint ?? `after ${plan.afterMs} ms`}`,
        );
        if (bad || cycle === options.cycles) {
          store.send({ kind: 'close' });
          await store.endAfter(5000);
          break;
        }
        store.send({ kind: 'serve' });
        await store.next('serving');
      } catch (error) {
        // Killed while opening: the next cycle opens what that left.
        if (!(error instanceof Killed)) throw error;
      }
      await store.endAfter(plan.afterMs);
    }
    const times = acknowledged.flat().map(({ ms }) => ms);
    return {
      cycles: options.cycles,
      acknowledged: times.length,
      ...counts,
      faults,
      isCaught,
      slowestOpenMs,
      ackMs: { p50: quantile(times, 0.5), p99: quantile(times, 0.99) },
    };
  } finally {
    for (const client of clients) client.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}
