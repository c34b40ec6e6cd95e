/** Before the first end-to-end test: builds what they drive, so that no test passes on yesterday's screens, and says which Electron runs. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findElectron } from '../../main/electronBinary.ts';

const root = join(import.meta.dirname, '..', '..');

/** Playwright calls the default export of a global setup file. */
// biome-ignore lint/style/noDefaultExport: Playwright's contract for this file
export default function buildFirst(): void {
  const { status } = spawnSync(process.execPath, [join(root, 'build', 'build.ts')], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the build failed');
  const electron = findElectron();
  console.log(
    electron
      ? `desktop tests run on Electron: ${electron}`
      : 'desktop tests run on the stand-in: Electron is not installed',
  );
}
