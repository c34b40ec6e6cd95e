/** Entry of the desktop application: one host, one window for the researcher, everything else refused. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog, Menu, type MenuItemConstructorOptions } from 'electron';
import { formatError } from '../shared/errors.ts';
import { registerScheme } from './desktop/appProtocol.ts';
import { handleCalls } from './desktop/callHandler.ts';
import { guardAllContents } from './desktop/guards.ts';
import { findSealer } from './desktop/keyring.ts';
import { refuseDangerousSwitches, workspaceFrom } from './desktop/launchArguments.ts';
import { openOrRestore } from './desktop/offerRestore.ts';
import { readProgramFiles, respondWith } from './desktop/programFiles.ts';
import { startProgramWindow } from './desktop/programWindow.ts';
import { createWindows } from './desktop/windows.ts';
import { createHost, type Host } from './host.ts';
import { createEventFeed } from './ipc/eventFeed.ts';
import { createRouter } from './ipc/router.ts';
import { formatRouterEvent } from './ipc/routerEvent.ts';
import { loadPages } from './pages/pages.ts';

function setMenu(): void {
  const appMenu: MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  Menu.setApplicationMenu(Menu.buildFromTemplate([...appMenu, { role: 'editMenu' }, { role: 'windowMenu' }]));
}

/** One clear message, then out: on a screen where there is no terminal to read. */
function fail(error: unknown): void {
  const text = formatError(error);
  console.error(`credence: ${text}`);
  if (app.isPackaged) dialog.showErrorBox('Credence cannot start', text);
  app.exit(1);
}

/** Ends the host before the application does, once. */
function closeWithApp(host: Host): void {
  let isClosed = false;
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    isClosed = true;
    host.close().then(() => app.quit(), fail);
  });
}

async function open(workspace: string): Promise<void> {
  const pages = loadPages();
  const respond = respondWith(readProgramFiles());
  const host = await openOrRestore(workspace, () =>
    createHost({
      workspace,
      mode: 'desktop',
      echo: (line) => console.error(`credence: ${line}`),
      startProgram: () => startProgramWindow(respond),
      sealer: findSealer(),
    }),
  );
  closeWithApp(host);
  const { log } = host;
  const onRefuse = (what: string, detail: string): void => log(`refused ${what}: ${detail}`);
  guardAllContents(onRefuse);
  const windows = createWindows({ pages, onRefuse, onLastClosed: () => app.quit() });
  const feed = createEventFeed(host);
  const router = createRouter(
    {
      ...host.handlers,
      'events.next': ({ after }) => feed.next(after),
      'stations.open': async ({ participantId }) => {
        await windows.open({ role: 'participant', participantId });
        return { address: null };
      },
    },
    { log: (event) => log(formatRouterEvent(event)), nowMs: () => performance.now() },
  );
  handleCalls(router, windows);
  setMenu();
  const window = await windows.open({ role: 'researcher' });
  app.on('second-instance', () => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
}

/** Where Chromium keeps a workspace's window state: a folder of its own per workspace, so the single instance is one per workspace. */
function windowFolder(workspace: string): string {
  const name = createHash('sha256').update(workspace).digest('hex').slice(0, 16);
  const folder = join(app.getPath('appData'), 'credence', 'windows', name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

function start(): void {
  const args = process.argv.slice(1);
  if (app.isPackaged) refuseDangerousSwitches(args);
  const fallback = app.isPackaged ? join(app.getPath('appData'), 'credence', 'workspace') : join('out', 'demo');
  const workspace = workspaceFrom(args, fallback);
  app.setPath('userData', windowFolder(workspace));
  if (!app.requestSingleInstanceLock()) {
    console.error(`credence: ${workspace} is already open; its window was brought to the front`);
    app.exit(0);
    return;
  }
  app.enableSandbox();
  registerScheme();
  app.on('window-all-closed', () => app.quit());
  app
    .whenReady()
    .then(() => open(workspace))
    .catch(fail);
}

try {
  start();
} catch (error) {
  fail(error);
}
