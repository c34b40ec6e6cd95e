/** Random damage to a workspace's database or log: a bit, a sector of zeros, a page copied over another, or the file cut; then checks and a restore. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRandom, type Random } from '../../engine/random.ts';
import { restoreWorkspace } from '../../main/store/restore.ts';
import type { StoredResponse } from '../../shared/response.ts';
import { type Lab, openHost, openLab } from '../main/store/openLab.ts';

export type DamageResult = {
  readonly damages: number;
  /** Damages a restore acted on; the others hit bytes that hold nothing. */
  readonly setAside: number;
  /** Acknowledged answers missing or changed after the restore, summed. */
  readonly lost: number;
  /** Workspaces that did not pass all checks after the restore. */
  readonly unmended: number;
  /** Damages that changed answers and that neither opening nor the checks showed. */
  readonly unseen: number;
  readonly slowestRestoreMs: number;
};

const SECTOR = 512;
const PAGE = 4096;

/** `bytes` damaged once. */
function damage(random: Random, bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  const kind = random.integer(4);
  if (kind === 0) changed[random.integer(bytes.length)] ^= 1 << random.integer(8);
  if (kind === 1) {
    const start = SECTOR * random.integer(Math.floor(bytes.length / SECTOR));
    changed.fill(0, start, start + SECTOR);
  }
  if (kind === 2) {
    const pages = Math.max(2, Math.floor(bytes.length / PAGE));
    const [to, from] = [random.integer(pages) * PAGE, random.integer(pages) * PAGE];
    bytes.copy(changed, to, from, Math.min(from + PAGE, bytes.length));
  }
  return kind === 3 ? changed.subarray(0, random.integer(bytes.length)) : changed;
}

const differing = (found: readonly StoredResponse[], wanted: readonly StoredResponse[]): number =>
  wanted.filter((response, i) => JSON.stringify(found[i]) !== JSON.stringify(response)).length;

/** Whether opening or the checks show a fault; `isSame` tells whether the answers read back are those written. */
async function examine(lab: Lab, wanted: readonly StoredResponse[]): Promise<{ isShown: boolean; isSame: boolean }> {
  try {
    const host = await openHost(lab.folder);
    try {
      const isShown = (await host.check()).length > 0;
      return { isShown, isSame: isShown || differing([...host.readResponses(lab.sessionId)], wanted) === 0 };
    } finally {
      await host.close();
    }
  } catch {
    return { isShown: true, isSame: false };
  }
}

/** Damages a workspace that many times, each time the sound one, and restores it. */
export async function runRandomDamage(damages: number, seed: number): Promise<DamageResult> {
  const random = createRandom(seed).split('damage');
  const lab = await openLab(2, 12);
  await lab.host.backup();
  for (let i = 0; i < 12; i++) lab.submit(i % 2, { rating: i });
  const wanted = lab.responses();
  await lab.host.close();
  const files = [lab.paths.database, lab.paths.log];
  const sound = files.map((path) => readFileSync(path));
  const sum = { setAside: 0, lost: 0, unmended: 0, unseen: 0, slowestRestoreMs: 0 };
  const putBack = (): void => {
    for (const suffix of ['-wal', '-journal']) rmSync(`${lab.paths.database}${suffix}`, { force: true });
    for (const [i, path] of files.entries()) writeFileSync(path, sound[i]);
    rmSync(lab.paths.damaged, { recursive: true, force: true });
  };
  try {
    for (let i = 0; i < damages; i++) {
      putBack();
      const which = random.integer(2);
      const changed = damage(random, sound[which]);
      writeFileSync(files[which], changed);
      const { isShown, isSame } = await examine(lab, wanted);
      if (!isShown && !isSame) sum.unseen++;
      putBack();
      writeFileSync(files[which], changed);
      const startedAt = performance.now();
      if (restoreWorkspace(lab.paths).setAside.length > 0) sum.setAside++;
      sum.slowestRestoreMs = Math.max(sum.slowestRestoreMs, performance.now() - startedAt);
      const host = await openHost(lab.folder);
      sum.lost += differing([...host.readResponses(lab.sessionId)], wanted);
      sum.unmended += (await host.check()).length > 0 ? 1 : 0;
      await host.close();
    }
    return { damages, ...sum };
  } finally {
    await lab.remove();
  }
}
