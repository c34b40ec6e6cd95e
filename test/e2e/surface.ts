/** The two surfaces the same tests run over: the desktop application and browser mode, each opened once per workspace. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  type Browser,
  test as base,
  chromium,
  type ElectronApplication,
  _electron as electron,
  type Page,
} from '@playwright/test';
import { findChromium } from '../../build/chromium.ts';
import { findElectron } from '../../main/electronBinary.ts';
import { scratchFolder } from '../scratch.ts';
import { emptyWorkspace, fullWorkspace } from './workspaces.ts';

/** The application's folder, which Electron is started with. */
export const ROOT = join(import.meta.dirname, '..', '..');
/** What the system’s Chromium is started with. */
export const CHROMIUM_FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];

export type SurfaceName = 'desktop' | 'browser';

/** An open application. */
export type Surface = {
  readonly name: SurfaceName;
  readonly workspace: string;
  /** The researcher's page. */
  readonly page: Page;
  /** What the application wrote to its error output so far. */
  readonly log: () => string;
  /** The participant's page that opens while `seat` runs. */
  station(seat: () => Promise<void>): Promise<Page>;
  close(): Promise<void>;
};

/** Collects a process's error output. */
export function collect(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    text += chunk;
  });
  return () => text;
}

/** The folder of the stand-in for Electron. */
export const STAND_IN = join(ROOT, 'test', 'electronStandIn');

/** Electron's program, or the stand-in's. */
export const electronProgram = (): string => findElectron() ?? join(STAND_IN, 'electron');

/** The environment of a desktop application that leaves nothing in this user's own folders. */
export const desktopEnvironment = (): Record<string, string | undefined> => ({
  ...process.env,
  CREDENCE_NODE: process.execPath,
  XDG_CONFIG_HOME: scratchFolder(),
});

/** Starts the desktop application on a workspace. */
export async function launchDesktop(workspace: string, env = desktopEnvironment()): Promise<ElectronApplication> {
  // Playwright asks the electron package for its program; without one, this leads it to the stand-in.
  if (!findElectron()) process.env.ELECTRON_OVERRIDE_DIST_PATH = STAND_IN;
  const environment = Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return electron.launch({ args: [ROOT, `--workspace=${workspace}`], env: Object.fromEntries(environment) });
}

async function openDesktop(workspace: string): Promise<Surface> {
  const application = await launchDesktop(workspace);
  const log = collect(application.process());
  return {
    name: 'desktop',
    workspace,
    page: await application.firstWindow(),
    log,
    async station(seat) {
      const [page] = await Promise.all([application.waitForEvent('window'), seat()]);
      return page;
    },
    close: () => application.close(),
  };
}

async function openBrowser(workspace: string): Promise<Surface> {
  const child = spawn(
    process.execPath,
    [join(ROOT, 'bin', 'credence.js'), 'serve', '--json', '--workspace', workspace],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const log = collect(child);
  const [line] = await once(child.stdout, 'data');
  const { address } = JSON.parse(String(line));
  const browser: Browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
  const context = await browser.newContext({ viewport: null });
  const page = await context.newPage();
  await page.goto(address);
  return {
    name: 'browser',
    workspace,
    page,
    log,
    async station(seat) {
      await seat();
      // The newest stands last.
      const link = page.getByRole('link', { name: 'this address' }).last();
      const station = await context.newPage();
      await station.goto((await link.getAttribute('href')) ?? '');
      return station;
    },
    async close() {
      await browser.close();
      const exited = once(child, 'exit');
      child.kill('SIGINT');
      await exited;
    },
  };
}

/** Opens `workspace` on the surface with this name and waits until its library is shown. */
export async function openSurface(name: SurfaceName, workspace: string): Promise<Surface> {
  const surface = await (name === 'desktop' ? openDesktop(workspace) : openBrowser(workspace));
  await surface.page.getByRole('heading', { name: 'Field day' }).waitFor();
  return surface;
}

type WorkerFixtures = { full: Surface; empty: Surface };

const surfaceNameOf = (project: { readonly name: string }): SurfaceName =>
  project.name === 'desktop' ? 'desktop' : 'browser';

/** `full` has a study and a report, `empty` is a new workspace; both stay open for all tests of a project. */
export const test = base.extend<object, WorkerFixtures>({
  full: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it needs from this pattern
    async ({}, use, { project }) => {
      const surface = await openSurface(surfaceNameOf(project), await fullWorkspace());
      await use(surface);
      await surface.close();
    },
    { scope: 'worker' },
  ],
  empty: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it needs from this pattern
    async ({}, use, { project }) => {
      const surface = await openSurface(surfaceNameOf(project), emptyWorkspace());
      await use(surface);
      await surface.close();
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@playwright/test';
