/** Crash images: what a disk may hold after a power cut in a stretch of a recording; each is opened and asked for every acknowledged answer. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, type Random } from '../../engine/random.ts';
import { openDatabase } from '../../main/store/database.ts';
import { workspacePaths } from '../../main/workspacePaths.ts';
import { FAST_PLACE, type Lab, openHost, openLab } from '../main/store/openLab.ts';
import { type Files, recordStretches, type Stretch } from './recording.ts';

/** What a disk writes whole or not at all. */
const SECTOR_BYTES = 512;

export type PowerOptions = { readonly images: number; readonly answers: number; readonly seed: number };
export type PowerResult = {
  readonly images: number;
  readonly inLog: number;
  readonly inWal: number;
  readonly inCheckpoint: number;
  /** Acknowledged answers missing, summed over all images. */
  readonly lost: number;
  /** Stored more often than given, and stored in another order than given. */
  readonly doubled: number;
  readonly outOfOrder: number;
  readonly slowestOpenMs: number;
  /** Images that could not be opened, and the first reason. */
  readonly unopened: number;
  readonly reason: string;
};

/** How a cut leaves the unsynced sectors: a prefix of them in file order, or any of them. */
type Survival = (sector: number, sectors: number) => boolean;

function planSurvival(random: Random, image: number): Survival {
  if (image % 3 === 0) {
    const share = random.uniform();
    return (sector, sectors) => sector < share * sectors;
  }
  const share = random.uniform();
  return () => random.uniform() < share;
}

/** `from` with those sectors of `to` that differ and survived. The file is as long as its last surviving sector needs. */
function mixSectors(from: Buffer, to: Buffer, survives: Survival): Buffer {
  if (from.equals(to)) return from;
  const sectors = Math.ceil(Math.max(from.length, to.length) / SECTOR_BYTES);
  const differing: number[] = [];
  for (let sector = 0; sector < sectors; sector++) {
    const [start, end] = [sector * SECTOR_BYTES, (sector + 1) * SECTOR_BYTES];
    if (!from.subarray(start, end).equals(to.subarray(start, end))) differing.push(sector);
  }
  const kept = differing.filter((_, index) => survives(index, differing.length));
  const last = kept.at(-1);
  const reach = last === undefined ? 0 : Math.min(to.length, (last + 1) * SECTOR_BYTES);
  // A sector below the new end that never arrived reads as zeros.
  const image = Buffer.alloc(Math.max(from.length, reach));
  from.copy(image);
  for (const sector of kept) to.copy(image, sector * SECTOR_BYTES, sector * SECTOR_BYTES, (sector + 1) * SECTOR_BYTES);
  return image;
}

const placeOf = ({ synced, written }: Stretch): 'inLog' | 'inWal' | 'inCheckpoint' => {
  if (!synced.database.equals(written.database)) return 'inCheckpoint';
  return synced.wal.equals(written.wal) ? 'inLog' : 'inWal';
};

/** Chooses stretches so that rare ones (checkpoints) get a third of the images. */
function pickStretch(random: Random, byPlace: ReadonlyMap<string, readonly Stretch[]>, image: number): Stretch {
  const places = [...byPlace.keys()].sort();
  const stretches = byPlace.get(places[image % places.length]) ?? [];
  return stretches[random.integer(stretches.length)];
}

function writeImage(folder: string, lab: Lab, files: Files): void {
  rmSync(folder, { recursive: true, force: true });
  cpSync(lab.folder, folder, {
    recursive: true,
    filter: (path) => !path.startsWith(lab.paths.database) && !path.startsWith(lab.paths.log),
  });
  const paths = workspacePaths(folder);
  writeFileSync(paths.log, files.log);
  writeFileSync(paths.database, files.database);
  if (files.wal.length > 0) writeFileSync(`${paths.database}-wal`, files.wal);
}

/** What an image holds: its answers, those stored twice, those not in the order they were given, and how long opening it took. */
type Held = { readonly kept: number; readonly doubled: number; readonly outOfOrder: number; readonly openMs: number };

/** What an image holds when it is opened by the host, which replays the log. */
async function readThroughHost(folder: string, sessionId: string): Promise<Held> {
  const startedAt = performance.now();
  const host = await openHost(folder);
  const openMs = performance.now() - startedAt;
  try {
    const faults = await host.check();
    if (faults.length > 0) throw new Error(`${faults[0].place}: ${faults[0].problem}`);
    const given = new Map<string, number[]>();
    for (const { participantId, clientSeq } of host.readResponses(sessionId))
      given.set(participantId, [...(given.get(participantId) ?? []), clientSeq]);
    const lists = [...given.values()];
    const kept = lists.reduce((total, list) => total + new Set(list).size, 0);
    return {
      kept,
      doubled: lists.flat().length - kept,
      outOfOrder: lists.flatMap((list) => list.filter((clientSeq, i) => clientSeq !== i)).length,
      openMs,
    };
  } finally {
    await host.close();
  }
}

/** What the database of an image holds by itself. */
function readDatabase(folder: string): Held {
  const connection = openDatabase(workspacePaths(folder).database);
  try {
    const kept = connection.read.get<{ n: number }>('SELECT count(*) AS n FROM response')?.n ?? 0;
    return { kept, doubled: 0, outOfOrder: 0, openMs: 0 };
  } finally {
    connection.close();
  }
}

/** Records answers and opens that many crash images of them. With `isSynced` false it is the negative control: no syncs and no log. */
export async function runPowerCuts(options: PowerOptions, isSynced = true): Promise<PowerResult> {
  const random = createRandom(options.seed).split('power', isSynced ? 1 : 0);
  const lab = await openLab(2, 0);
  const root = mkdtempSync(join(FAST_PLACE, 'power-'));
  try {
    let next = 0;
    const stretches = await recordStretches(lab.paths, options.answers, () => lab.submit(next++ % 2), { isSynced });
    const byPlace = new Map<string, Stretch[]>();
    for (const stretch of stretches) {
      const place = placeOf(stretch);
      byPlace.set(place, [...(byPlace.get(place) ?? []), stretch]);
    }
    const counts = { inLog: 0, inWal: 0, inCheckpoint: 0, lost: 0, doubled: 0, outOfOrder: 0, unopened: 0 };
    let slowestOpenMs = 0;
    let reason = '';
    for (let image = 0; image < options.images; image++) {
      const stretch = pickStretch(random, byPlace, image);
      const survives = planSurvival(random, image);
      const { synced, written } = stretch;
      const mix = (key: keyof Files): Buffer => mixSectors(synced[key], written[key], survives);
      const folder = join(root, 'lab');
      writeImage(folder, lab, { log: mix('log'), database: mix('database'), wal: mix('wal') });
      counts[placeOf(stretch)]++;
      try {
        const held = isSynced ? await readThroughHost(folder, lab.sessionId) : readDatabase(folder);
        counts.lost += Math.max(0, stretch.acknowledged - held.kept);
        counts.doubled += held.doubled;
        counts.outOfOrder += held.outOfOrder;
        slowestOpenMs = Math.max(slowestOpenMs, held.openMs);
      } catch (error) {
        counts.unopened++;
        reason ||= String(error);
      }
    }
    return { images: options.images, ...counts, slowestOpenMs, reason };
  } finally {
    await lab.remove();
    rmSync(root, { recursive: true, force: true });
  }
}
