/**
 * A program's process in the desktop (layer 4): a hidden sandboxed window with a session, an origin and a renderer of its own, no Node, no
 * function of ours, no network. Requests and answers go over one message port; the window is destroyed and its process killed on any fault.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { app, BrowserWindow, MessageChannelMain, type Session, session } from 'electron';
import { PORT_CHANNEL } from '../preload/channel.ts';
import { putInBackground } from '../processes/background.ts';
import { once } from '../processes/childHandle.ts';
import type { InferenceProcess } from '../processes/inferenceProcess.ts';
import { PROGRAM_SCHEME } from './origins.ts';
import { pagePreferences } from './pagePreferences.ts';

/** Answers the requests of a window whose origin is `origin`. */
export type RespondToWindow = (origin: string, request: Pick<Request, 'url' | 'method'>) => Response;

/** A session in memory that grants nothing and lets through nothing but what `respond` answers. */
function sealedSession(origin: string, respond: RespondToWindow): Session {
  const own = session.fromPartition(`program-${randomBytes(8).toString('hex')}`, { cache: false });
  own.protocol.handle(PROGRAM_SCHEME, (request) => respond(origin, request));
  own.webRequest.onBeforeRequest(({ url }, decide) =>
    decide({ cancel: !url.startsWith(`${origin}/`) && !url.startsWith(`blob:${origin}/`) }),
  );
  own.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
  own.on('will-download', (event) => event.preventDefault());
  return own;
}

/** Resident bytes of the process that shows `window`. */
function bytesOf(window: BrowserWindow): number | undefined {
  if (window.isDestroyed()) return undefined;
  const pid = window.webContents.getOSProcessId();
  const kilobytes = app.getAppMetrics().find((metric) => metric.pid === pid)?.memory.workingSetSize;
  return kilobytes === undefined ? undefined : 1024 * kilobytes;
}

function openWindow(origin: string, respond: RespondToWindow): BrowserWindow {
  const preferences = pagePreferences({
    preload: join(import.meta.dirname, '..', 'preload', 'program.cjs'),
    session: sealedSession(origin, respond),
    isPackaged: app.isPackaged,
  });
  const window = new BrowserWindow({
    show: false,
    webPreferences: { ...preferences, devTools: false, backgroundThrottling: false },
  });
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  return window;
}

/** Opens a hidden window that answers inference requests. Call after the application is ready. */
export function startProgramWindow(respond: RespondToWindow): InferenceProcess {
  const origin = `${PROGRAM_SCHEME}://${randomBytes(16).toString('hex')}`;
  const window = openWindow(origin, respond);
  const { webContents } = window;
  const { port1, port2 } = new MessageChannelMain();
  let isBackground = false;
  let tell: (cause: string) => void = () => undefined;
  webContents.on('render-process-gone', (_event, { reason }) => tell(reason));
  window
    .loadURL(`${origin}/`)
    .then(() => {
      if (isBackground) putInBackground(webContents.getOSProcessId());
      webContents.postMessage(PORT_CHANNEL, null, [port2]);
    })
    .catch((error: Error) => tell(error.message));
  return {
    send: (message) => port1.postMessage(message),
    onMessage: (listener) => {
      port1.on('message', ({ data }) => listener(data));
      port1.start();
    },
    onExit: (listener) => {
      tell = once(listener);
    },
    kill: () => {
      tell = () => undefined;
      port1.close();
      if (window.isDestroyed()) return;
      webContents.forcefullyCrashRenderer();
      window.destroy();
    },
    bytes: () => bytesOf(window),
    putInBackground: () => {
      isBackground = true;
    },
  };
}
