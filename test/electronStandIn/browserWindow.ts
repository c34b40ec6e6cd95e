/** `BrowserWindow` of the stand-in: one Chromium window with one page. */
import { EventEmitter } from 'node:events';
import { app } from './application.ts';
import type { Devtools } from './devtools.ts';
import { type StandInSession, session as sessions } from './session.ts';
import { StandInContents } from './webContents.ts';

type Preferences = { readonly preload: string; readonly session?: StandInSession } & Readonly<Record<string, unknown>>;
type Options = { readonly width?: number; readonly height?: number; readonly webPreferences: Preferences };

let devtools: Devtools | undefined;
const open = new Set<BrowserWindow>();

/** Gives the windows their browser, and tells them when pages open others or go away. */
export async function attachWindows(connected: Devtools): Promise<void> {
  devtools = connected;
  const decided = new Set<string>();
  // A window another page asked for is decided about when it begins to show something: closed earlier, it would leave its opener waiting.
  connected.browser.on('Target.targetInfoChanged', ({ targetInfo }) => {
    const { targetId, openerId, url } = targetInfo as { targetId: string; openerId?: string; url: string };
    if (!openerId || url === '' || decided.has(targetId)) return;
    decided.add(targetId);
    StandInContents.fromDevToolsTargetId(openerId)?.popUp(targetId, url);
  });
  connected.browser.on('Target.targetDestroyed', ({ targetId }) => {
    for (const window of open) if (window.targetId === targetId) window.forget();
  });
  await connected.browser.send('Target.setDiscoverTargets', { discover: true });
}

/** Closes every window and waits until they are gone. */
export async function closeAllWindows(): Promise<void> {
  await Promise.all(
    [...open].map((window) => {
      const gone = new Promise((resolve) => window.once('closed', resolve));
      window.close();
      return gone;
    }),
  );
}

/** A window. Its page is made in the background; `loadURL` waits for it. */
export class BrowserWindow extends EventEmitter {
  readonly webContents: StandInContents;
  targetId: string | undefined;
  private readonly connecting: Promise<void>;
  private isVisibleNow = false;

  constructor(options: Options) {
    super();
    const { webPreferences } = options;
    this.webContents = new StandInContents(webPreferences.session ?? sessions.fromPartition(''));
    this.connecting = this.connect(options);
    open.add(this);
  }

  static getAllWindows(): BrowserWindow[] {
    return [...open];
  }

  static fromWebContents(contents: StandInContents): BrowserWindow | undefined {
    return [...open].find((window) => window.webContents === contents);
  }

  async loadURL(url: string): Promise<void> {
    await this.connecting;
    await this.webContents.navigate(url);
    this.emit('ready-to-show');
  }

  show(): void {
    this.isVisibleNow = true;
  }
  isVisible(): boolean {
    return this.isVisibleNow;
  }
  isMinimized(): boolean {
    return false;
  }
  restore(): void {}
  /** Nobody sees its windows: it says that one came to the front. */
  focus(): void {
    console.error('focused a window');
  }
  isDestroyed(): boolean {
    return this.webContents.isDestroyed();
  }
  close(): void {
    this.connecting.then(
      () => this.webContents.close(),
      () => this.forget(),
    );
  }

  destroy(): void {
    this.close();
  }

  /** The window's page is gone. */
  forget(): void {
    if (!open.delete(this)) return;
    this.webContents.forget();
    this.emit('closed');
    if (open.size === 0) app.emit('window-all-closed');
  }

  private async connect({ width = 800, height = 600, webPreferences }: Options): Promise<void> {
    if (!devtools) throw new Error('stand-in: a window before the application was ready');
    const made = await devtools.browser.send('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      width,
      height,
    });
    this.targetId = String(made.targetId);
    const { sessionId } = await devtools.browser.send('Target.attachToTarget', {
      targetId: this.targetId,
      flatten: true,
    });
    const page = devtools.session(String(sessionId));
    await this.webContents.connect({ targetId: this.targetId, page, devtools }, webPreferences.preload);
  }
}
