/** `webContents` of the stand-in: one page of Chromium, its frames, its navigation events and its calls to the main process. */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { app, invokeHandler } from './application.ts';
import type { Devtools, DevtoolsSession } from './devtools.ts';
import {
  applicationOrigin,
  interceptRequests,
  type PausedRequest,
  toApplicationUrl,
  toBrowserUrl,
} from './interception.ts';
import { otherEnd, type StandInPort } from './messagePorts.ts';
import {
  PORT_FUNCTION,
  PRELOAD_WORLD,
  pageWorldScript,
  preloadWorldScript,
  REPLY_FUNCTION,
  SEND_BINDING,
  SEND_FUNCTION,
} from './pageScripts.ts';
import type { StandInSession } from './session.ts';
import { decodeValue, encodeValue } from './valueCoding.ts';

type WindowOpenHandler = (details: { url: string }) => { action: 'deny' | 'allow' };
type Frame = { id: string; url: string; parent: Frame | null; readonly origin: string };
type Target = { readonly targetId: string; readonly page: DevtoolsSession; readonly devtools: Devtools };

const all = new Map<string, StandInContents>();
let lastId = 0;

/** One page. It exists at once, as in Electron; `connect` gives it its Chromium page, before which nothing can be shown. */
export class StandInContents extends EventEmitter {
  readonly id = ++lastId;
  readonly session: StandInSession;
  readonly mainFrame = createFrame();
  private target: Target | undefined;
  private windowOpenHandler: WindowOpenHandler = () => ({ action: 'allow' });
  private expectedUrl = '';
  private preloadContext = 0;
  private readonly ports: StandInPort[] = [];
  private isClosed = false;

  constructor(session: StandInSession) {
    super();
    this.session = session;
    app.emit('web-contents-created', {}, this);
  }

  static fromDevToolsTargetId(targetId: string): StandInContents | undefined {
    return all.get(targetId);
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpenHandler = handler;
  }

  isDestroyed(): boolean {
    return this.isClosed;
  }

  setWebRTCIPHandlingPolicy(): void {}

  /** Chromium does not tell which process shows which page. */
  getOSProcessId(): number {
    return 0;
  }

  forcefullyCrashRenderer(): void {
    void this.target?.page.send('Page.crash').catch(() => undefined);
  }

  /** Hands a port to the preload script that listens on `channel`. */
  postMessage(channel: string, _message: null, [handed]: readonly StandInPort[]): void {
    const stays = otherEnd(handed);
    const id = this.ports.push(stays) - 1;
    this.callPreload(PORT_FUNCTION, [channel, id]);
    stays.lead((message) => this.callPreload(SEND_FUNCTION, [id, encodeValue(message)]));
  }

  private callPreload(name: string, args: readonly unknown[]): void {
    const expression = `${name}(${args.map((arg) => JSON.stringify(arg)).join()})`;
    this.connected()
      .page.send('Runtime.evaluate', { expression, contextId: this.preloadContext })
      .catch(() => undefined);
  }

  reload(): void {
    this.expectedUrl = this.mainFrame.url;
    void this.connected().page.send('Page.reload');
  }

  close(): void {
    const { devtools, targetId } = this.connected();
    void devtools.browser.send('Target.closeTarget', { targetId });
  }

  /** Takes over a Chromium page: connects its events and puts the preload script into every document to come. */
  async connect(target: Target, preloadFile: string): Promise<void> {
    this.target = target;
    this.mainFrame.id = target.targetId;
    all.set(target.targetId, this);
    const { page } = target;
    const channel = randomUUID();
    page.on('Page.frameNavigated', ({ frame }) => {
      const { id, url } = frame as { id: string; url: string };
      if (id === this.mainFrame.id) this.mainFrame.url = toApplicationUrl(url);
    });
    page.on('Page.loadEventFired', () => this.emit('did-finish-load'));
    page.on('Inspector.targetCrashed', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }));
    page.on('Runtime.executionContextCreated', ({ context }) => {
      const { id, name } = context as { id: number; name: string };
      if (name === PRELOAD_WORLD) this.preloadContext = id;
    });
    page.on('Runtime.bindingCalled', ({ payload, executionContextId }) => {
      void this.answer(String(payload), Number(executionContextId));
    });
    await interceptRequests(page, this.session, (paused) => this.mayNavigate(paused));
    await page.send('Page.enable');
    await page.send('Runtime.enable');
    await page.send('Inspector.enable');
    await page.send('Runtime.addBinding', { name: SEND_BINDING, executionContextName: PRELOAD_WORLD });
    await page.send('Page.addScriptToEvaluateOnNewDocument', {
      source: preloadWorldScript(readFileSync(preloadFile, 'utf8'), channel),
      worldName: PRELOAD_WORLD,
    });
    await page.send('Page.addScriptToEvaluateOnNewDocument', { source: pageWorldScript(channel) });
  }

  /** Shows `url` and waits until it has loaded. Throws as Electron's loadURL does. */
  async navigate(url: string): Promise<void> {
    this.expectedUrl = url;
    const loaded = new Promise((resolve) => this.once('did-finish-load', resolve));
    const { errorText } = await this.connected().page.send('Page.navigate', {
      url: toBrowserUrl(url, this.session.schemes),
    });
    if (errorText) throw new Error(`${errorText} loading '${url}'`);
    await loaded;
  }

  /** A window that this page asked for begins to show `url`: it is closed unless the application allows it. */
  popUp(targetId: string, url: string): void {
    if (this.windowOpenHandler({ url: toApplicationUrl(url) }).action === 'deny')
      void this.connected().devtools.browser.send('Target.closeTarget', { targetId });
  }

  /** The page is gone. */
  forget(): void {
    this.isClosed = true;
    all.delete(this.mainFrame.id);
    this.emit('destroyed');
  }

  private connected(): Target {
    if (!this.target) throw new Error('stand-in: this page is not connected yet');
    return this.target;
  }

  private mayNavigate({ request, frameId }: PausedRequest): boolean {
    const url = toApplicationUrl(request.url);
    if (url === this.expectedUrl) return true;
    const isMainFrame = frameId === this.mainFrame.id;
    let isPrevented = false;
    const details = { url, isMainFrame, preventDefault: () => (isPrevented = true) };
    if (isMainFrame) this.emit('will-navigate', details, url);
    this.emit('will-frame-navigate', details, url);
    return !isPrevented;
  }

  private async answer(payload: string, contextId: number): Promise<void> {
    const said = decodeValue(payload) as
      | { id: number; name: string; args: unknown[] }
      | { port: number; message: unknown };
    if ('port' in said) {
      this.ports[said.port]?.emit('message', { data: said.message });
      return;
    }
    const { id, name, args } = said;
    // The preload script runs in the main frame only, so a call comes from there.
    const event = { sender: this, senderFrame: this.mainFrame };
    const [isOk, text] = await invokeHandler(name, event, args).then(
      (value) => [true, encodeValue(value)] as const,
      (error: Error) => [false, error.message] as const,
    );
    const expression = `${REPLY_FUNCTION}(${id}, ${isOk}, ${JSON.stringify(text)})`;
    await this.connected()
      .page.send('Runtime.evaluate', { expression, contextId })
      .catch(() => undefined);
  }
}

function createFrame(): Frame {
  return {
    id: '',
    url: 'about:blank',
    parent: null,
    get origin() {
      return applicationOrigin(this.url);
    },
  };
}
