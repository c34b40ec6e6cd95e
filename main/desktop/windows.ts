/** The window factory: the only place that makes windows, with every wall up, and the register of who sits at which. */
import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, type Session, session } from 'electron';
import type { Caller, Role } from '../../shared/api.ts';
import { createTokenBucket } from '../ipc/tokenBucket.ts';
import type { Pages } from '../pages/pages.ts';
import { serveApp } from './appProtocol.ts';
import { guardSession } from './guards.ts';
import { originOf } from './origins.ts';
import { pagePreferences } from './pagePreferences.ts';

const TITLES: Readonly<Record<Role, string>> = { researcher: 'Credence', participant: 'Study' };
/** The page's own background, so that a window never flashes. */
const BACKGROUND = { light: '#fbfaf7', dark: '#16181b' } as const;

/** How often a page whose process died is brought back. */
const RETURNS = { perSecond: 3 / 60, burst: 3 } as const;

export type WindowsOptions = {
  readonly pages: Pages;
  readonly onRefuse: (what: string, detail: string) => void;
  /** The last window a person sees was closed; hidden ones, which run programs, may still be there. */
  readonly onLastClosed: () => void;
};

export type Windows = {
  /** Opens a window for `caller` and shows its role's first page. */
  open(caller: Caller): Promise<BrowserWindow>;
  /** Who sits at the page with this id, or null. */
  callerAt(contentsId: number): Caller | null;
};

/** A named session of its own per role, guarded and served before any page is loaded in it. */
function sessionsByRole({ pages, onRefuse }: Pick<WindowsOptions, 'pages' | 'onRefuse'>): (role: Role) => Session {
  const sessions = new Map<Role, Session>();
  return (role) => {
    const known = sessions.get(role);
    if (known) return known;
    const made = session.fromPartition(`persist:${role}`);
    guardSession(made, role, onRefuse);
    serveApp(made, role, pages);
    sessions.set(role, made);
    return made;
  };
}

/** The preload script of a role, beside the compiled main process. */
const preloadOf = (role: Role): string => join(import.meta.dirname, '..', 'preload', `${role}.cjs`);

/**
 * A page whose process died comes back at the same place: what it showed is in the host, not in the page. One that dies again and again
 * stays down, so that it does not flicker for ever.
 */
function comeBack(window: BrowserWindow, onRefuse: WindowsOptions['onRefuse']): void {
  const returns = createTokenBucket(RETURNS, () => performance.now());
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    if (returns.take()) window.webContents.reload();
    else onRefuse('reload', `the page ended ${RETURNS.burst} times in a minute (${reason})`);
  });
}

/** An empty register. Call after the application is ready. */
export function createWindows(options: WindowsOptions): Windows {
  const sessionOf = sessionsByRole(options);
  const callers = new Map<number, Caller>();
  return {
    async open(caller) {
      const window = new BrowserWindow({
        width: 1280,
        height: 800,
        minWidth: 640,
        minHeight: 480,
        show: false,
        autoHideMenuBar: true,
        title: TITLES[caller.role],
        backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
        webPreferences: pagePreferences({
          preload: preloadOf(caller.role),
          session: sessionOf(caller.role),
          isPackaged: app.isPackaged,
        }),
      });
      const { id } = window.webContents;
      callers.set(id, caller);
      window.once('closed', () => {
        callers.delete(id);
        if (callers.size === 0) options.onLastClosed();
      });
      window.once('ready-to-show', () => window.show());
      comeBack(window, options.onRefuse);
      await window.loadURL(`${originOf(caller.role)}/`);
      return window;
    },
    callerAt: (contentsId) => callers.get(contentsId) ?? null,
  };
}
