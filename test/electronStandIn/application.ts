/** `app`, `ipcMain`, `Menu`, `dialog` and `nativeTheme` of the stand-in. */
import { EventEmitter } from 'node:events';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { closeAllWindows } from './browserWindow.ts';
import { requestInstanceLock } from './singleInstance.ts';

/** Ends the stand-in's own process and its Chromium; set by the start script. */
export const ending = { stop: async (): Promise<void> => undefined, isUnderWay: false };

const paths = new Map<string, string>([
  ['appData', process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config')],
  ['home', homedir()],
]);

class PreventableEvent {
  defaultPrevented = false;
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

let markReady: () => void = () => undefined;
const ready = new Promise<void>((resolve) => {
  markReady = resolve;
});
let hasStarted = false;

/** As Electron's `app.exit`, but for the moment it takes Chromium to end. */
export function exit(code = 0): void {
  ending.isUnderWay = true;
  void ending.stop().finally(() => process.exit(code));
}

/** Electron's order: before-quit, the windows close, will-quit, out; either event may hold it back. */
async function quit(): Promise<void> {
  const before = new PreventableEvent();
  app.emit('before-quit', before);
  if (before.defaultPrevented) return;
  await closeAllWindows();
  const will = new PreventableEvent();
  app.emit('will-quit', will);
  if (!will.defaultPrevented) exit(0);
}

export const app = Object.assign(new EventEmitter(), {
  isPackaged: false,
  name: 'credence',
  commandLine: { appendSwitch: (): void => undefined },
  /** Chromium does not tell which process shows which page. */
  getAppMetrics: (): never[] => [],
  isReady: (): boolean => hasStarted,
  whenReady: (): Promise<void> => ready,
  enableSandbox: (): void => undefined,
  requestSingleInstanceLock: (): boolean =>
    requestInstanceLock(app.getPath('userData'), () => app.emit('second-instance', {}, [], '')),
  getPath(name: string): string {
    const path = paths.get(name);
    if (path === undefined) throw new Error(`stand-in: app.getPath('${name}') is not provided`);
    return path;
  },
  setPath: (name: string, path: string): void => {
    paths.set(name, path);
  },
  quit: (): void => {
    void quit();
  },
  exit,
});

/** Tells the application that it may open windows. */
export function becomeReady(): void {
  hasStarted = true;
  app.emit('ready', {}, {});
  markReady();
}

type Handler = (event: unknown, ...args: unknown[]) => unknown;
const handlers = new Map<string, Handler>();

export const ipcMain = {
  handle(name: string, handler: Handler): void {
    if (handlers.has(name)) throw new Error(`Attempted to register a second handler for '${name}'`);
    handlers.set(name, handler);
  },
};

/** Answers a page's call as Electron does, also in its words for errors. */
export async function invokeHandler(name: string, event: unknown, args: readonly unknown[]): Promise<unknown> {
  const handler = handlers.get(name);
  if (!handler) throw new Error(`Error invoking remote method '${name}': Error: No handler registered for '${name}'`);
  try {
    return await handler(event, ...args);
  } catch (error) {
    throw new Error(`Error invoking remote method '${name}': ${error}`);
  }
}

export const Menu = {
  buildFromTemplate: (template: readonly unknown[]): { items: readonly unknown[] } => ({ items: template }),
  setApplicationMenu: (): void => undefined,
};

/** Nobody sits before the stand-in: it says what was asked and answers with the default button. */
export const dialog = {
  showMessageBox: async (options: { message: string; defaultId?: number }): Promise<{ response: number }> => {
    console.error(`asked: ${options.message}`);
    return { response: options.defaultId ?? 0 };
  },
  showErrorBox: (title: string, content: string): void => console.error(`${title}: ${content}`),
};

export const nativeTheme = { shouldUseDarkColors: false };
