/**
 * Stations under strain: real browser pages answer a study against one host while the host is killed and started again and each station is
 * cut off from the network for a while. At the end everybody finishes, and what the store holds is compared with what the pages were told.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { findChromium } from '../../build/chromium.ts';
import { createRandom, type Random } from '../../engine/random.ts';
import { type Acknowledged, compareAnswers, listen } from './compareAnswers.ts';
import { HostProcess } from './stationHost.ts';
import { sitDown } from './stationPerson.ts';

export type StationsPlan = {
  readonly stations: number;
  readonly seconds: number;
  readonly kills: number;
  /** How long the host stays away after each kill, at least. */
  readonly awaySeconds?: number;
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
  /** Acknowledged to a page and not in the store as it was sent, or missing from a participant who completed. */
  readonly lost: number;
  readonly doubled: number;
  /** Stored for a participant of another station than the one that gave the answer. */
  readonly crossed: number;
  /** Completed participants per cell. */
  readonly cells: Readonly<Record<string, number>>;
  /** Those in the fullest cell less those in the emptiest. */
  readonly imbalance: number;
  readonly faults: readonly string[];
  readonly restartSeconds: readonly number[];
  /** How many stations told their participant that the answers are safe, at the end of each time the host was away. */
  readonly toldToWait: readonly number[];
  /** Pages that the cut caught while they were loading, and that had to be loaded again by hand. */
  readonly revived: number;
  /** Milliseconds from Continue to the host's answer, over all pages while the host ran. */
  readonly screenMs: { readonly p50: number; readonly p95: number; readonly n: number };
};

const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
/** Pages that were cut off try again after at most 30 s; on a busy machine the last ones take longer. */
const DRAIN_SECONDS = 150;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? Number.NaN;

type Log = (text: string) => void;

/** A station's browser, apart from the others', with somebody in it; `origin` is where the lab network is. */
type Station = { readonly name: string; readonly context: BrowserContext; readonly origin: string };

/** What the pages report while they run. */
type Heard = { readonly acknowledged: Acknowledged[]; readonly stepMs: number[] };

async function openStation(
  browser: Browser,
  address: string,
  person: Parameters<typeof sitDown>[0],
  { acknowledged, stepMs }: Heard,
): Promise<Station> {
  const context = await browser.newContext();
  const page = await context.newPage();
  listen(page, person.station, acknowledged, stepMs);
  await page.addInitScript(sitDown, person);
  await page.goto(address);
  return { name: `station ${person.station + 1}`, context, origin: new URL(address).origin };
}

/** A page that was being loaded when the network went shows the browser's error page: somebody presses reload. Gives whether that was so. */
async function reviveIfDead({ name, context, origin }: Station, log: Log): Promise<boolean> {
  const [page] = context.pages();
  if ((await page.locator('main').count()) > 0) return false;
  log(`${name} lost its page while it was loading and is loaded again`);
  await page.goto(origin);
  return true;
}

/** Cuts one station off once, somewhere within the planned time. */
async function cutOff(station: Station, random: Random, { cutSeconds, seconds }: StationsPlan, log: Log) {
  const [least, most] = cutSeconds;
  const length = least + random.split('length', station.name).uniform() * (most - least);
  await wait(1000 * random.split('start', station.name).uniform() * Math.max(0, seconds - length));
  await station.context.setOffline(true);
  log(`${station.name} is cut off for ${length.toFixed(0)} s`);
  await wait(1000 * length);
  await station.context.setOffline(false);
  return reviveIfDead(station, log);
}

/** How many stations tell their participant that the answers are safe while the host is away. */
async function countToldToWait(stations: readonly Station[]): Promise<number> {
  const notes = stations.map(({ context }) => context.pages()[0].locator('.saving-note.is-shown').count());
  return (await Promise.all(notes)).reduce((sum, n) => sum + n, 0);
}

type Outage = { readonly host: HostProcess; readonly restartSeconds: number; readonly toldToWait: number };

/** Kills the host, lets it be away, and starts it again on the same workspace. */
async function killAndRestart(
  host: HostProcess,
  workspace: string,
  awaySeconds: number,
  stations: readonly Station[],
): Promise<Outage> {
  await host.kill();
  await wait(1000 * awaySeconds);
  const toldToWait = await countToldToWait(stations);
  const startedAt = performance.now();
  const next = new HostProcess(workspace);
  await next.next('ready', 120);
  return { host: next, restartSeconds: (performance.now() - startedAt) / 1000, toldToWait };
}

/** Runs the stations for the planned time, lets everybody finish, and gives what was found. */
export async function runStations(plan: StationsPlan): Promise<StationsResult> {
  const { seconds, kills, pageMs, awaySeconds = 0, log = () => undefined } = plan;
  const folder = mkdtempSync(join(tmpdir(), 'stations-'));
  const workspace = join(folder, 'lab');
  const random = createRandom(plan.seed).split('stations');
  const heard: Heard = { acknowledged: [], stepMs: [] };
  let host = new HostProcess(workspace);
  const browser = await chromium.launch({ executablePath: findChromium(), args: FLAGS });
  try {
    await host.next('ready', 60);
    host.send({ kind: 'open', stations: plan.stations });
    const { addresses } = await host.next('opened', 60);
    const stations: Station[] = [];
    for (const [station, address] of addresses.entries())
      stations.push(await openStation(browser, address, { station, stations: addresses.length, pageMs }, heard));
    log(`${stations.length} stations are open`);
    const startedAt = performance.now();
    const until = (second: number): Promise<void> => wait(Math.max(0, 1000 * second - (performance.now() - startedAt)));
    const cuts = stations.map((station) => cutOff(station, random, plan, log));
    const outages: Outage[] = [];
    for (let kill = 1; kill <= kills; kill++) {
      await until((seconds * kill) / (kills + 1));
      log('the host is killed');
      const outage = await killAndRestart(host, workspace, awaySeconds, stations);
      host = outage.host;
      outages.push(outage);
      log(`the host is back; ${outage.toldToWait} participants were told that their answers are safe`);
    }
    await until(seconds);
    const revived = await Promise.all(cuts);
    for (const station of stations) revived.push(await reviveIfDead(station, log));
    log('nobody new is seated');
    host.send({ kind: 'drain' });
    await host.next('drained', DRAIN_SECONDS).catch((error) => log(String(error)));
    host.send({ kind: 'report' });
    const { kept, completed, unfinished, cells, faults, queries } = await host.next('report', 120);
    const { acknowledged, stepMs } = heard;
    return {
      completed,
      unfinished,
      responses: kept.length,
      ...compareAnswers(kept, acknowledged, { stations: stations.length, expected: completed * queries }),
      cells,
      imbalance: Math.max(...Object.values(cells)) - Math.min(...Object.values(cells)),
      faults,
      restartSeconds: outages.map(({ restartSeconds }) => restartSeconds),
      toldToWait: outages.map(({ toldToWait }) => toldToWait),
      revived: revived.filter(Boolean).length,
      screenMs: { p50: quantile(stepMs, 0.5), p95: quantile(stepMs, 0.95), n: stepMs.length },
    };
  } finally {
    await browser.close();
    await host.kill().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
