/** A Chromium for the end-to-end tests: the system's, else Debian's package (as root), else Playwright's own download. Never skipped silently. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

function onPath(): string | undefined {
  for (const folder of (process.env.PATH ?? '').split(delimiter))
    for (const name of NAMES) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here: try the next place.
      }
    }
  return undefined;
}

function install(command: string, args: readonly string[]): boolean {
  console.log(`chromium: ${command} ${args.join(' ')}`);
  return (
    spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
      .status === 0
  );
}

const downloaded = (): string | undefined => {
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
};

/** The path of a Chromium, installing one when there is none. Throws when that fails too. */
export function findChromium(): string {
  const given = process.env.CREDENCE_CHROMIUM;
  if (given) return given;
  const present = onPath() ?? downloaded();
  if (present) return present;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    install('apt-get', ['update', '-qq']);
    install('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation']);
  }
  const packaged = onPath();
  if (packaged) return packaged;
  install(process.execPath, [
    join(import.meta.dirname, '..', 'node_modules', 'playwright-core', 'cli.js'),
    'install',
    'chromium-headless-shell',
    'chromium',
  ]);
  const fetched = downloaded();
  if (fetched) return fetched;
  throw new Error(
    'chromium: none found and none could be installed. Install Chromium, or set CREDENCE_CHROMIUM to its path.',
  );
}
