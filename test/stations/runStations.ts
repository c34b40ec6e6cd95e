/**
 * Stations under strain: real browser pages answer a study against one host while the host is killed and started again and each station is
 * cut off from the network for a while. At the end everybody finishes, and what the store holds is compared with what the pages were told.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../build/chromium.ts';
import { createRandom } from '../../engine/random.ts';
import type { FromHost, Kept, ToHost } from './stationMessages.ts';
import { sitDown } from './stationPerson.ts';

export type StationsPlan = {
  readonly stations: number;
  readonly seconds: number;
  readonly kills: number;
  /** Each station is cut off once for a time drawn between these. */
  readonly cutSeconds: readonly [number, number];
  readonly pageMs: number;
  readonly seed: number;
  readonly log?: (text: string) => void;
};

export type StationsResult = {
  readonly completed: number;
  readonly unfinished: number;
  readonly responses: number;
  readonly acknowledged: number;
  /** Acknowledged to a page and not in the store, or missing from a participant who completed. */
  readonly lost: number;
  readonly doubled: number;
  /** Stored for a participant of another station than the one that gave the answer. */
  readonly crossed: number;
  /** Completed participants in the fullest cell less those in the emptiest. */
  readonly imbalance: number;
  readonly faults: readonly string[];
  readonly restartSeconds: readonly number[];
  /** Milliseconds from Continue to the next screen, over all pages while the host ran. */
  readonly screenMs: { readonly p50: number; readonly p95: number; readonly n: number };
};

const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
/** Pages that were cut off try again after at most 30 s; on a busy machine the last ones take longer. */
const DRAIN_SECONDS = 150;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The host process and the messages it sends. */
class HostProcess {
  readonly child: ChildProcess;
  readonly #waiting = new Map<string, (message: FromHost) => void>();
  readonly #came = new Map<string, FromHost>();

  constructor(workspace: string) {
    this.child = fork(join(import.meta.dirname, 'hostProcess.ts'), [workspace], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child.on('message', (message: FromHost) => {
      const waiting = this.#waiting.get(message.kind);
      if (waiting) waiting(message);
      else this.#came.set(message.kind, message);
    });
  }

  send(message: ToHost): void {
    this.child.send(message);
  }

  /** The first message of this kind. */
  next<K extends FromHost['kind']>(kind: K, seconds: number): Promise<Extract<FromHost, { kind: K }>> {
    return new Promise((resolve, reject) => {
      const give = (message: FromHost): void => resolve(message as Extract<FromHost, { kind: K }>);
      const came = this.#came.get(kind);
      if (came) return give(came);
      const timer = setTimeout(
        () => reject(new Error(`the host did not say "${kind}" in ${seconds} s`)),
        seconds * 1000,
      );
      this.#waiting.set(kind, (message) => {
        clearTimeout(timer);
        give(message);
      });
    });
  }

  async kill(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await gone;
  }
}

type Acknowledged = {
  readonly station: number;
  readonly trialIndex: number;
  readonly clientSeq: number;
  readonly rating: number | null;
  readonly queryId: string;
  readonly serverSeq: number;
};
type Sent = {
  readonly trialIndex: number;
  readonly clientSeq: number;
  readonly queryId: string;
  readonly rating: number | null;
};

/** Notes every answer that a page was told is stored, and how long each step took. */
function listen(page: Page, station: number, acknowledged: Acknowledged[], stepMs: number[]): void {
  page.on('response', async (response) => {
    const name = new URL(response.url()).pathname.split('/').at(-1);
    if (response.status() !== 200 || (name !== 'participant.submit' && name !== 'participant.advance')) return;
    const sent: unknown = response.request().postDataJSON();
    const reply = await response.json().catch(() => undefined);
    if (!reply?.ok) return;
    const responses = (
      name === 'participant.submit' ? [sent] : ((sent as { responses?: unknown[] }).responses ?? [])
    ) as Sent[];
    const acks: { clientSeq: number; serverSeq: number }[] =
      name === 'participant.submit' ? [reply.value] : reply.value.acknowledgements;
    for (const { clientSeq, serverSeq } of acks) {
      const answer = responses.find((one) => one.clientSeq === clientSeq);
      if (answer)
        acknowledged.push({
          station,
          serverSeq,
          clientSeq,
          trialIndex: answer.trialIndex,
          queryId: answer.queryId,
          rating: answer.rating,
        });
    }
    if (name === 'participant.advance') {
      const { responseEnd } = response.request().timing();
      if (responseEnd > 0) stepMs.push(responseEnd);
    }
  });
}

/** Compares the store with what the pages were told. */
function compare(
  kept: readonly Kept[],
  acknowledged: readonly Acknowledged[],
  plan: StationsPlan,
  completed: number,
  queries: number,
) {
  const byPlace = new Map<string, number>();
  for (const { participantId, trialIndex, queryId } of kept) {
    const place = `${participantId} ${trialIndex} ${queryId}`;
    byPlace.set(place, (byPlace.get(place) ?? 0) + 1);
  }
  const key = (
    station: number,
    one: { trialIndex: number; clientSeq: number; queryId: string; rating: number | null },
  ): string => `${station} ${one.trialIndex} ${one.clientSeq} ${one.queryId} ${one.rating}`;
  const stationOf = (seat: string): number => Number(seat.slice('LAB'.length)) - 1;
  const counts = new Map<string, number>();
  for (const row of kept)
    counts.set(key(stationOf(row.seat), row), (counts.get(key(stationOf(row.seat), row)) ?? 0) + 1);
  // One acknowledgement each: a repeated request gets the same number of the store again.
  const told = new Map(acknowledged.map((one) => [one.serverSeq, one]));
  const wanted = new Map<string, number>();
  for (const one of told.values()) wanted.set(key(one.station, one), (wanted.get(key(one.station, one)) ?? 0) + 1);
  const missing = [...wanted].reduce((sum, [name, n]) => sum + Math.max(0, n - (counts.get(name) ?? 0)), 0);
  return {
    acknowledged: told.size,
    lost: missing + Math.max(0, completed * queries - byPlace.size),
    doubled: [...byPlace.values()].reduce((sum, n) => sum + n - 1, 0),
    crossed: kept.filter(({ seat, rating }) => (rating ?? -1) % plan.stations !== stationOf(seat)).length,
  };
}

const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? Number.NaN;

/** Runs the stations for the planned time, lets everybody finish, and gives what was found. */
export async function runStations(plan: StationsPlan): Promise<StationsResult> {
  const { stations, seconds, kills, pageMs, log = () => undefined } = plan;
  const folder = mkdtempSync(join(tmpdir(), 'stations-'));
  const workspace = join(folder, 'lab');
  const random = createRandom(plan.seed).split('stations');
  const acknowledged: Acknowledged[] = [];
  const stepMs: number[] = [];
  let host = new HostProcess(workspace);
  const browser = await chromium.launch({ executablePath: findChromium(), args: FLAGS });
  try {
    await host.next('ready', 60);
    host.send({ kind: 'open', stations });
    const { addresses } = await host.next('opened', 60);
    const contexts: BrowserContext[] = [];
    for (const [station, address] of addresses.entries()) {
      const context = await browser.newContext();
      const page = await context.newPage();
      listen(page, station, acknowledged, stepMs);
      await page.addInitScript(sitDown, { station, stations, pageMs });
      await page.goto(address);
      contexts.push(context);
    }
    log(`${stations} stations are open`);
    const startedAt = performance.now();
    const cuts = contexts.map(async (context, station) => {
      const [least, most] = plan.cutSeconds;
      const length = least + random.split('length', station).uniform() * (most - least);
      await wait(1000 * random.split('start', station).uniform() * Math.max(0, seconds - length));
      await context.setOffline(true);
      log(`station ${station + 1} is cut off for ${length.toFixed(0)} s`);
      await wait(1000 * length);
      await context.setOffline(false);
    });
    const restartSeconds: number[] = [];
    for (let kill = 1; kill <= kills; kill++) {
      const at = (1000 * seconds * kill) / (kills + 1);
      await wait(Math.max(0, at - (performance.now() - startedAt)));
      await host.kill();
      const killedAt = performance.now();
      host = new HostProcess(workspace);
      await host.next('ready', 120);
      restartSeconds.push((performance.now() - killedAt) / 1000);
      log(`the host was killed and is back after ${restartSeconds.at(-1)?.toFixed(1)} s`);
    }
    await wait(Math.max(0, 1000 * seconds - (performance.now() - startedAt)));
    await Promise.all(cuts);
    log('nobody new is seated');
    host.send({ kind: 'drain' });
    await host.next('drained', DRAIN_SECONDS).catch((error) => log(String(error)));
    for (const [station, context] of contexts.entries()) {
      const text = await context.pages()[0].locator('main').innerText();
      log(`station ${station + 1} shows: ${text.replace(/\s+/g, ' ').slice(0, 80)}`);
    }
    host.send({ kind: 'report' });
    const report = await host.next('report', 120);
    return {
      completed: report.completed,
      unfinished: report.unfinished,
      responses: report.kept.length,
      ...compare(report.kept, acknowledged, plan, report.completed, report.queries),
      imbalance: Math.max(...report.cells) - Math.min(...report.cells),
      faults: report.faults,
      restartSeconds,
      screenMs: { p50: quantile(stepMs, 0.5), p95: quantile(stepMs, 0.95), n: stepMs.length },
    };
  } finally {
    await browser.close();
    await host.kill().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
