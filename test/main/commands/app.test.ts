/** The desktop command: where Electron is looked for, what is said where it or a display is missing, and that it is started and stopped. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { appCommand, missingForDesktop } from '../../../main/commands/app.ts';
import { findElectron, hasDisplay } from '../../../main/electronBinary.ts';

let folder: string;
const context = (signal = new AbortController().signal) => ({
  out: () => undefined,
  err: () => undefined,
  isTerminal: false,
  signal,
});

/** A program in the place of Electron's that runs `script` in a shell. */
function writeProgram(script: string): void {
  const path = join(folder, 'electron');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'credence-app-'));
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', folder);
  vi.stubEnv('DISPLAY', ':9');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe('findElectron', () => {
  it('looks in the folder that is named, and finds nothing in an empty one', () => {
    expect(findElectron({ ELECTRON_OVERRIDE_DIST_PATH: folder })).toBeUndefined();
    writeProgram('');
    expect(findElectron({ ELECTRON_OVERRIDE_DIST_PATH: folder })).toBe(join(folder, 'electron'));
  });
});

describe('hasDisplay', () => {
  it('asks for X11 or Wayland on Linux only', () => {
    expect(hasDisplay({}, 'linux')).toBe(false);
    expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
    expect(hasDisplay({}, 'darwin')).toBe(true);
    expect(hasDisplay({}, 'win32')).toBe(true);
  });
});

describe.skipIf(process.platform === 'win32')('credence app', () => {
  it('says what is missing and names the other way', async () => {
    await expect(appCommand.run({ workspace: undefined, json: false }, [], context())).rejects.toMatchObject({
      message: "app: Electron's program is not installed",
      hint: 'credence serve opens the same screens in a browser',
    });
    writeProgram('');
    expect(missingForDesktop({ ELECTRON_OVERRIDE_DIST_PATH: folder })).toBe(
      process.platform === 'linux' ? 'there is no display' : undefined,
    );
  });

  it('starts it on the workspace, and an end with a fault is an error', async () => {
    writeProgram(`echo "$@" > ${folder}/arguments; exit 3`);
    await expect(appCommand.run({ workspace: '/lab', json: false }, [], context())).rejects.toMatchObject({
      message: 'app: the desktop application ended with code 3',
      hint: 'the lines above say why',
    });
    expect(readFileSync(join(folder, 'arguments'), 'utf8')).toMatch(/ --workspace=\/lab$/m);
  });

  it('ends it on Ctrl-C without an error', async () => {
    writeProgram(`echo started > ${folder}/started; exec sleep 60`);
    const abort = new AbortController();
    const running = appCommand.run({ workspace: '/lab', json: false }, [], context(abort.signal));
    await vi.waitFor(() => readFileSync(join(folder, 'started')));
    abort.abort();
    await expect(running).resolves.toBeUndefined();
  });
});
