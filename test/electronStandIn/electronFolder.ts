/** A folder shaped like Electron's distribution for Linux, to package without a download: its binary holds a real fuse wire and nothing that runs. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPackage } from '@electron/asar';
import { scratchFolder } from '../scratch.ts';

/** The bytes of a binary with one fuse wire: sentinel, version 1, length, one character per fuse. */
export const fusedBinary = (wire: string): Buffer =>
  Buffer.concat([
    Buffer.from('before dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, wire.length]),
    Buffer.from(`${wire} after`),
  ]);

/** Electron 45's fuses as they come: run-as-node, node options, inspection, file privileges and trap handlers on. */
export const UNSET_WIRE = '101100011';

/** Writes the folder and gives its path. */
export async function createElectronFolder(): Promise<string> {
  const folder = scratchFolder();
  for (const name of ['resources', 'locales', 'app']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'electron'), fusedBinary(UNSET_WIRE), { mode: 0o755 });
  for (const name of [
    'version',
    'LICENSE',
    'LICENSES.chromium.html',
    'chrome-sandbox',
    'locales/en-US.pak',
    'app/main.js',
  ])
    writeFileSync(join(folder, name), '45.4.1');
  await createPackage(join(folder, 'app'), join(folder, 'resources', 'default_app.asar'));
  return folder;
}
