/** `session` and `protocol` of the stand-in: scheme handlers, permission answers and downloads of one browser profile. */
import { EventEmitter } from 'node:events';
import type { Devtools } from './devtools.ts';

type SchemeHandler = (request: Request) => Response | Promise<Response>;
type RequestFilter = (details: { url: string }, decide: (decision: { cancel?: boolean }) => void) => void;
type PermissionAnswer = (granted: boolean) => void;
type PermissionHandler = (contents: null, permission: string, answer: PermissionAnswer) => void;

/** Permissions that are answered in the browser as the application's handler answers them, by Electron's and by Chromium's name. */
const PERMISSIONS: Readonly<Record<string, string>> = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  media: 'camera',
  midi: 'midi',
  'clipboard-read': 'clipboard-read',
  'idle-detection': 'idle-detection',
};

let devtools: Devtools | undefined;

/** Gives the sessions their browser. Must run before the application is ready. */
export async function attachSessions(connected: Devtools): Promise<void> {
  devtools = connected;
  await connected.browser.send('Browser.setDownloadBehavior', { behavior: 'deny', eventsEnabled: true });
  connected.browser.on('Browser.downloadWillBegin', ({ url }) => {
    const event = { defaultPrevented: false, preventDefault: (): void => undefined };
    for (const made of sessions.values())
      made.emit('will-download', event, { getURL: () => url, cancel: () => undefined });
  });
}

function createSession() {
  const schemes = new Map<string, SchemeHandler>();
  const requests: { filter: RequestFilter } = { filter: (_details, decide) => decide({ cancel: false }) };
  return Object.assign(new EventEmitter(), {
    schemes,
    requests,
    webRequest: {
      onBeforeRequest: (filter: RequestFilter): void => {
        requests.filter = filter;
      },
    },
    protocol: {
      handle: (scheme: string, handler: SchemeHandler): void => {
        schemes.set(scheme, handler);
      },
    },
    setPermissionRequestHandler(handler: PermissionHandler): void {
      for (const [name, chromiumName] of Object.entries(PERMISSIONS))
        handler(null, name, (granted) => {
          void devtools?.browser.send('Browser.setPermission', {
            permission: { name: chromiumName },
            setting: granted ? 'granted' : 'denied',
          });
        });
    },
    setPermissionCheckHandler: (): void => undefined,
    setDevicePermissionHandler: (): void => undefined,
    setDisplayMediaRequestHandler: (): void => undefined,
  });
}
export type StandInSession = ReturnType<typeof createSession>;

const sessions = new Map<string, StandInSession>();

export const session = {
  fromPartition(name: string): StandInSession {
    const made = sessions.get(name) ?? createSession();
    sessions.set(name, made);
    return made;
  },
};

export const protocol = { registerSchemesAsPrivileged: (): void => undefined };
