/** Where the packages' Electron comes from, and what to say when it comes from nowhere. */
import { dirname } from 'node:path';

/** How a download fails where there is no network. */
const UNREACHABLE = /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH)\b(?: [\w.:-]+)?/;
/** Flags that ask for another system's package, by the system whose Electron they need. */
const SYSTEM_FLAGS: Readonly<Record<string, NodeJS.Platform>> = {
  '--linux': 'linux',
  '-l': 'linux',
  '--win': 'win32',
  '-w': 'win32',
  '--windows': 'win32',
  '--mac': 'darwin',
  '-m': 'darwin',
  '--macos': 'darwin',
};

/** Flags that make electron-builder take Electron from this machine; none where it has none, or another system's is needed. */
export function electronFlags(args: readonly string[], electron: string | undefined): string[] {
  const systems = args.flatMap((arg) => SYSTEM_FLAGS[arg] ?? []);
  if (electron === undefined || systems.some((system) => system !== process.platform)) return [];
  return [`-c.electronDist=${dirname(electron)}`];
}

/** What to say of electron-builder's output when it failed for want of Electron; undefined when it failed otherwise. */
export function explainDownload(output: string): string | undefined {
  const cause = UNREACHABLE.exec(output)?.[0];
  return (
    cause &&
    `package: Electron is not on this machine and could not be downloaded (${cause})\nhint: set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron folder, or run it again with a network`
  );
}
