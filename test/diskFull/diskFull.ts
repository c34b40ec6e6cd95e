/** A disk that fills up at some byte, fails or turns read-only while answers come in: each refusal says so in time, nothing acknowledged is lost, and a disk that works again is enough. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, pick, type Random } from '../../engine/random.ts';
import { freeBytes } from '../../main/store/diskSpace.ts';
import type { FailPoint } from '../../main/store/failPoints.ts';
import { UserError } from '../../shared/errors.ts';
import type { StoredResponse } from '../../shared/response.ts';
import { mountSmallDisk, type SmallDisk } from '../main/smallDisk.ts';
import { type Lab, openLab } from '../main/store/openLab.ts';

export type DiskFullResult = {
  readonly points: number;
  readonly acknowledged: number;
  readonly refused: number;
  readonly lost: number;
  /** Stored more often than sent. */
  readonly doubled: number;
  readonly outOfOrder: number;
  /** What checks of the mended workspaces find, each with its point. */
  readonly faults: readonly string[];
  readonly slowestOpenMs: number;
  /** Whether the comparison finds an answer that is taken out of what was kept, one that is there twice, and two that are swapped. */
  readonly isCaught: boolean;
  readonly slowestRefusalMs: number;
  readonly reasons: Readonly<Record<string, number>>;
};

const DISK_KIB = 6000;
const MOST_ANSWERS = 400;
const KIB = 1024;

/** Makes a disk fail from some moment on, and gives what mends it. */
type DiskFault = (disk: SmallDisk, random: Random) => () => void;

/** Space for some more answers, and then none. */
const fill: DiskFault = (disk, random) => {
  const filler = join(disk.folder, 'filler');
  writeFileSync(filler, Buffer.alloc(Math.max(0, freeBytes(disk.folder) - (8 + random.integer(900)) * KIB), 1));
  return () => rmSync(filler);
};

const STEPS: readonly FailPoint[] = ['log-append', 'log-sync', 'log-synced', 'db-begin', 'db-commit', 'db-committed'];

/** The error `code` at one step of some answer and of all after it: a disk with open files cannot be made read-only from outside. */
const failWith =
  (code: string): DiskFault =>
  (_disk, random) => {
    process.env.CREDENCE_FAIL_POINT = `${pick(random, STEPS)}:${1 + random.integer(60)}:${code}`;
    return () => delete process.env.CREDENCE_FAIL_POINT;
  };

const FAULTS: readonly DiskFault[] = [fill, failWith('EIO'), failWith('EROFS')];

/** Submits until refused; gives the number acknowledged, how long the refusal took and its reason without the file's name. */
async function submitUntilRefused(
  lab: Lab,
  withBackups: boolean,
): Promise<{ acknowledged: number; ms: number; reason: string }> {
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

/** What is not as it should be of `wanted` answers, of which answer n rated n modulo 101. */
function compareKept(
  kept: readonly StoredResponse[],
  wanted: number,
): Pick<DiskFullResult, 'lost' | 'doubled' | 'outOfOrder'> {
  const right = new Set(kept.flatMap(({ clientSeq, rating }) => (rating === clientSeq % 101 ? [clientSeq] : [])));
  return {
    lost: Array.from({ length: wanted }, (_, clientSeq) => clientSeq).filter((clientSeq) => !right.has(clientSeq))
      .length,
    doubled: kept.length - new Set(kept.map(({ clientSeq }) => clientSeq)).size,
    outOfOrder: kept.filter(({ clientSeq }, i) => i > 0 && clientSeq <= kept[i - 1].clientSeq).length,
  };
}

/** The negative control: whether the comparison would find a loss, a double and a move. */
function catchesFaults(kept: readonly StoredResponse[], wanted: number): boolean {
  return (
    compareKept(kept.slice(1), wanted).lost === 1 &&
    compareKept([...kept, ...kept.slice(-1)], wanted).doubled === 1 &&
    (kept.length < 2 || compareKept([...kept].reverse(), wanted).outOfOrder > 0)
  );
}

/** Lets a small disk fail at that many points, each way in turn. Throws where no disk can be mounted. */
export async function runDiskFull(points: number, seed: number): Promise<DiskFullResult> {
  const random = createRandom(seed).split('disk');
  const sum = { acknowledged: 0, refused: 0, slowestRefusalMs: 0, slowestOpenMs: 0 };
  const counts = { lost: 0, doubled: 0, outOfOrder: 0 };
  const faults: string[] = [];
  let isCaught = points > 0;
  const reasons: Record<string, number> = {};
  for (let point = 0; point < points; point++) {
    const disk = mountSmallDisk(DISK_KIB);
    if (!disk) throw new Error('no small disk can be mounted here: it needs root on Linux');
    const lab = await openLab(1, 0, disk.folder);
    try {
      const mend = FAULTS[point % FAULTS.length](disk, random);
      const { acknowledged, ms, reason } = await submitUntilRefused(lab, point % 2 === 0);
      reasons[reason] = (reasons[reason] ?? 0) + 1;
      sum.acknowledged += acknowledged;
      sum.refused += reason === 'never refused' ? 0 : 1;
      sum.slowestRefusalMs = Math.max(sum.slowestRefusalMs, ms);
      mend();
      lab.submit(0, { rating: acknowledged % 101 });
      faults.push(...(await lab.host.check()).map((fault) => `point ${point}, ${reason}: ${JSON.stringify(fault)}`));
      const startedAt = performance.now();
      await lab.reopen();
      sum.slowestOpenMs = Math.max(sum.slowestOpenMs, performance.now() - startedAt);
      const kept = lab.responses();
      const found = compareKept(kept, acknowledged + 1);
      counts.lost += found.lost;
      counts.doubled += found.doubled;
      counts.outOfOrder += found.outOfOrder;
      isCaught &&= catchesFaults(kept, acknowledged + 1);
    } finally {
      delete process.env.CREDENCE_FAIL_POINT;
      await lab.host.close();
      disk.remove();
    }
  }
  return { points, ...sum, ...counts, faults, isCaught, reasons };
}
