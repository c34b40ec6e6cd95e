/** A disk of a few megabytes for tests of full and read-only disks: a mounted tmpfs, where the machine lets us mount one. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type SmallDisk = {
  readonly folder: string;
  readonly setReadOnly: (isReadOnly: boolean) => void;
  readonly resize: (sizeKiB: number) => void;
  readonly remove: () => void;
};

const mount = (...args: string[]): boolean => spawnSync('mount', args, { stdio: 'ignore' }).status === 0;

/** Mounts a disk of `sizeKiB`; undefined where mounting needs rights we lack (not root, or not Linux). */
export function mountSmallDisk(sizeKiB: number): SmallDisk | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'disk-'));
  if (!mount('-t', 'tmpfs', '-o', `size=${sizeKiB}k`, 'tmpfs', folder)) {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  return {
    folder,
    setReadOnly: (isReadOnly) => {
      if (!mount('-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, folder)) throw new Error(`cannot remount ${folder}`);
    },
    resize: (size) => {
      if (!mount('-o', `remount,size=${size}k`, folder)) throw new Error(`cannot resize ${folder}`);
    },
    remove: () => {
      spawnSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whether this machine can mount a small disk; printed once as the reason when it cannot. */
export function canMount(): boolean {
  const disk = mountSmallDisk(64);
  disk?.remove();
  if (!disk) console.log('small disk: tests skipped, mounting a tmpfs needs root on Linux');
  return disk !== undefined;
}
