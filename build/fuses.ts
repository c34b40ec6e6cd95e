/**
 * Electron's fuses: switches in the binary that nobody can flip back once it is signed. electron-builder's own library knows eight of
 * Electron 45's nine, so the wire is set here; a binary with another number of fuses stops the packaging until each is decided.
 * **Source:** electron, docs/tutorial/fuses.md (the wire: sentinel, version, length, then one character per fuse).
 */
import { readFileSync, writeFileSync } from 'node:fs';

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const WIRE_VERSION = 1;

/** Every fuse in the order of the wire, and how it is set. */
export const FUSES = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
  wasmTrapHandlers: true,
} as const;

const NAMES = Object.keys(FUSES);

/** Where each wire begins in `binary`; a universal binary has two. Throws where there is none or it is not as long as the table. */
function wires(binary: Buffer, path: string): number[] {
  const found: number[] = [];
  for (let at = binary.indexOf(SENTINEL); at >= 0; at = binary.indexOf(SENTINEL, at + 1))
    found.push(at + SENTINEL.length);
  if (found.length === 0) throw new Error(`fuses: ${path} has no fuse wire; is it Electron's binary?`);
  for (const at of found) {
    const [version, length] = [binary[at], binary[at + 1]];
    if (version !== WIRE_VERSION || length !== NAMES.length)
      throw new Error(
        `fuses: ${path} has ${length} fuses (wire version ${version}), the table decides ${NAMES.length}; decide the others first`,
      );
  }
  return found.map((at) => at + 2);
}

/** Sets every fuse of the binary at `path` as the table says. */
export function setFuses(path: string): void {
  const binary = readFileSync(path);
  const wire = Object.values(FUSES)
    .map((isOn) => (isOn ? '1' : '0'))
    .join('');
  for (const at of wires(binary, path)) binary.write(wire, at, 'latin1');
  writeFileSync(path, binary);
}

/** The fuses of the binary at `path`, by name: `1` on, `0` off, `r` removed from this version. */
export function readFuses(path: string): Record<string, string> {
  const binary = readFileSync(path);
  const [at] = wires(binary, path);
  return Object.fromEntries(NAMES.map((name, i) => [name, String.fromCharCode(binary[at + i])]));
}
