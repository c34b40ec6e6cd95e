/** Folders for tests: below one folder of this process, which is gone when the process ends. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let root: string | undefined;
let count = 0;

/** A new empty folder. */
export function scratchFolder(): string {
  if (root === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'credence-test-'));
    process.on('exit', () => rmSync(made, { recursive: true, force: true, maxRetries: 5 }));
    root = made;
  }
  const folder = join(root, String(++count));
  mkdirSync(folder);
  return folder;
}
