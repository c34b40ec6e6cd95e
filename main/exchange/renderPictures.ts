/**
 * Figures as PNG and PDF, drawn from their SVG files by a Chromium of this machine without a window: the system's, or the one `CREDENCE_CHROMIUM`
 * names. PNG at twice the figure's size; PDF on one page of exactly that size, its text and lines kept as such.
 */
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from '../../shared/errors.ts';

export const PICTURE_FORMATS = ['png', 'pdf'] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome.exe', 'msedge.exe'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const isRunnable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The path of a Chromium, or undefined. Looks only; nothing is fetched. */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.CREDENCE_CHROMIUM) return env.CREDENCE_CHROMIUM;
  const onPath = (env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...(env.PATH === undefined ? [] : PLACES)].find(isRunnable);
}

const FLAGS = [
  '--headless=new',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-extensions',
  '--disable-sync',
  '--hide-scrollbars',
  '--force-color-profile=srgb',
];
const TIMEOUT_MS = 60_000;

/** Superusers, as in containers, have no sandbox there. */
const sandboxFlags = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

function run(browser: string, args: readonly string[]): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(browser, args, { stdio: 'ignore', timeout: TIMEOUT_MS });
    child.once('error', fail);
    child.once('exit', (code, signal) =>
      code === 0
        ? done()
        : fail(new UserError(`figures: ${browser} ended with ${code ?? signal} before the picture was drawn`)),
    );
  });
}

type Size = { readonly width: number; readonly height: number };

/** The size a figure's file states, in px. Throws UserError where it states none. */
function sizeOf(svg: string, file: string): Size {
  const [, width, height] = /<svg[^>]*?\swidth="([\d.]+)"[^>]*?\sheight="([\d.]+)"/.exec(svg) ?? [];
  if (width === undefined || height === undefined)
    throw new UserError(`${file}: expected an SVG figure with width and height`, { location: { file } });
  return { width: Math.ceil(Number(width)), height: Math.ceil(Number(height)) };
}

/** The figure alone on a page of its size. */
const pageOf = (svg: string, { width, height }: Size): string =>
  `<!doctype html><html data-theme="light"><meta charset="utf-8"><style>@page{size:${width}px ${height}px;margin:0}html,body{margin:0;background:#fff}svg{display:block}</style>${svg.replace(/^<\?xml[^>]*\?>\s*/, '')}</html>`;

/** Draws `file` (an `.svg`) in the given formats beside it. Throws UserError where this machine has no Chromium. */
export async function renderPictures(file: string, formats: readonly PictureFormat[]): Promise<void> {
  if (formats.length === 0) return;
  const browser = findBrowser();
  if (browser === undefined || !existsSync(browser))
    throw new UserError(
      `figures: ${formats.join(' and ')} need a Chromium, and this machine has none${browser === undefined ? '' : ` at ${browser}`}`,
      {
        hint: 'install Chromium, or set CREDENCE_CHROMIUM to its path; SVG and CSV need none',
      },
    );
  const svg = await readFile(file, 'utf8');
  const size = sizeOf(svg, file);
  const scratch = await mkdtemp(join(tmpdir(), 'credence-picture-'));
  try {
    const page = join(scratch, 'figure.html');
    await writeFile(page, pageOf(svg, size));
    const common = [...FLAGS, ...sandboxFlags(), `--user-data-dir=${join(scratch, 'profile')}`];
    for (const format of formats) {
      const target = resolve(file.replace(/\.svg$/, `.${format}`));
      const how =
        format === 'png'
          ? [`--screenshot=${target}`, `--window-size=${size.width},${size.height}`, '--force-device-scale-factor=2']
          : [`--print-to-pdf=${target}`, '--no-pdf-header-footer'];
      await run(browser, [...common, ...how, pathToFileURL(page).href]);
      if (!existsSync(target))
        throw new UserError(`figures: ${browser} drew no ${format}`, { location: { file: target } });
    }
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}
