/** Electron's program, where it is installed. Looks only; asking the electron package for it would start a download. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resource } from './resources.ts';

/** The path of Electron's program, or undefined where only its package is here. `ELECTRON_OVERRIDE_DIST_PATH` names another folder. */
export function findElectron(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const folder = resource('node_modules', 'electron');
  const nameFile = join(folder, 'path.txt');
  const name = existsSync(nameFile) ? readFileSync(nameFile, 'utf8').trim() : undefined;
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (name === undefined && override === undefined) return undefined;
  const path = join(override ?? join(folder, 'dist'), name ?? 'electron');
  return existsSync(path) ? path : undefined;
}

/** Whether windows can be shown: always on Windows and macOS, else where X11 or Wayland is. */
export const hasDisplay = (env: NodeJS.ProcessEnv = process.env, platform: string = process.platform): boolean =>
  platform === 'win32' || platform === 'darwin' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
