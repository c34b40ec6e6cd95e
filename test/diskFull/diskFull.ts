/** A disk that fills up at some byte while answers come in: each refusal says so in time, nothing acknowledged is lost, and freeing space is enough. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../../engine/random.ts';
import { freeBytes } from '../../main/store/diskSpace.ts';
import { UserError } from '../../shared/errors.ts';
import { mountSmallDisk } from '../main/smallDisk.ts';
import { type Lab, openLab } from '../main/store/openLab.ts';

export type DiskFullResult = {
  readonly points: number;
  readonly acknowledged: number;
  readonly refused: number;
  readonly lost: number;
  /** Stored more often than sent. */
  readonly doubled: number;
  readonly faults: number;
  readonly slowestRefusalMs: number;
  readonly reasons: Readonly<Record<string, number>>;
};

const DISK_KIB = 6000;
const MOST_ANSWERS = 400;
const KIB = 1024;

/** Submits until refused; gives the number acknowledged, how long the refusal took and its reason without the file's name. */
async function fillUp(lab: Lab, withBackups: boolean): Promise<{ acknowledged: number; ms: number; reason: string }> {
  for (let acknowledged = 0; acknowledged < MOST_ANSWERS; acknowledged++) {
    const startedAt = performance.now();
    try {
      if (withBackups && acknowledged % 20 === 19) await lab.host.backup();
      lab.submit(0, { rating: acknowledged % 101 });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { acknowledged, ms: performance.now() - startedAt, reason: error.message.replace(/^.*: /, '') };
    }
  }
  return { acknowledged: MOST_ANSWERS, ms: 0, reason: 'never refused' };
}

/** Fills a small disk at that many points. Throws where no disk can be mounted. */
export async function runDiskFull(points: number, seed: number): Promise<DiskFullResult> {
  const random = createRandom(seed).split('disk');
  const sum = { acknowledged: 0, refused: 0, lost: 0, doubled: 0, faults: 0, slowestRefusalMs: 0 };
  const reasons: Record<string, number> = {};
  for (let point = 0; point < points; point++) {
    const disk = mountSmallDisk(DISK_KIB);
    if (!disk) throw new Error('no small disk can be mounted here: it needs root on Linux');
    const lab = await openLab(1, 0, disk.folder);
    try {
      const filler = join(disk.folder, 'filler');
      writeFileSync(filler, Buffer.alloc(Math.max(0, freeBytes(disk.folder) - (8 + random.integer(900)) * KIB), 1));
      const { acknowledged, ms, reason } = await fillUp(lab, point % 3 === 0);
      reasons[reason] = (reasons[reason] ?? 0) + 1;
      sum.acknowledged += acknowledged;
      sum.refused += reason === 'never refused' ? 0 : 1;
      sum.slowestRefusalMs = Math.max(sum.slowestRefusalMs, ms);
      rmSync(filler);
      lab.submit(0, { rating: acknowledged % 101 });
      const ratings = lab.responses().map(({ rating }) => rating);
      const wanted = Array.from({ length: acknowledged + 1 }, (_, i) => i % 101);
      sum.lost += wanted.filter((rating, i) => ratings[i] !== rating).length;
      sum.doubled += Math.max(0, ratings.length - wanted.length);
      sum.faults += (await lab.host.check()).length;
      await lab.reopen();
      sum.lost += lab.responses().length < wanted.length ? 1 : 0;
    } finally {
      await lab.host.close();
      disk.remove();
    }
  }
  return { points, ...sum, reasons };
}
