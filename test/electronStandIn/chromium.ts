/** Starts the Chromium that shows the stand-in's windows. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findChromium } from '../../build/chromium.ts';

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-startup-window',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-extensions',
  '--disable-sync',
  '--force-color-profile=srgb',
  '--remote-debugging-port=0',
];

/** `address` is where its DevTools listen, once they do. */
export type Chromium = { readonly address: Promise<string>; stop(): Promise<void> };

/** Starts it with an empty profile. */
export function startChromium(): Chromium {
  const profile = mkdtempSync(join(tmpdir(), 'credence-stand-in-'));
  const child = spawn(findChromium(), [...FLAGS, `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const address = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      const match = /^DevTools listening on (ws:\/\/.*)$/.exec(line);
      if (match) resolve(match[1]);
    });
    child.once('exit', (code) => reject(new Error(`stand-in: Chromium ended with ${code} before it listened`)));
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  // Also when this process is ended by something else.
  process.on('exit', () => child.kill('SIGKILL'));
  return { address, stop };
}
