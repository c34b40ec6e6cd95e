/** Refusals every window lives under: navigation, new windows, embedded views, permissions, devices, screen capture, downloads. */
import { app, type Session, type WebContents } from 'electron';
import type { Role } from '../../shared/api.ts';
import { originOf } from './origins.ts';

/** The few permissions a role may use. */
const ALLOWED: Readonly<Record<Role, readonly string[]>> = {
  researcher: ['clipboard-sanitized-write'],
  participant: ['fullscreen'],
};

type Navigation = { readonly url: string; preventDefault(): void };
type Refuse = (what: string, detail: string) => void;

/** Refuses permissions, devices, capture and downloads in a role's session. */
export function guardSession(session: Session, role: Role, onRefuse: Refuse): void {
  const allows = (permission: string): boolean => ALLOWED[role].includes(permission);
  session.setPermissionRequestHandler((_contents, permission, callback) => {
    if (!allows(permission)) onRefuse('permission', permission);
    callback(allows(permission));
  });
  session.setPermissionCheckHandler((_contents, permission) => allows(permission));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback({}));
  session.on('will-download', (event) => {
    event.preventDefault();
    onRefuse('download', role);
  });
}

function guardContents(contents: WebContents, onRefuse: Refuse): void {
  const pages = (['researcher', 'participant'] as const).map((role) => `${originOf(role)}/`);
  const refuseUnknown = (details: Navigation): void => {
    if (pages.includes(details.url)) return;
    details.preventDefault();
    onRefuse('navigation', details.url.slice(0, 200));
  };
  // A main frame's navigation is announced by both events; it is logged once.
  contents.on('will-navigate', (details: Navigation) => {
    if (!pages.includes(details.url)) details.preventDefault();
  });
  contents.on('will-frame-navigate', refuseUnknown);
  contents.on('will-redirect', refuseUnknown);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    onRefuse('new window', url.slice(0, 200));
    return { action: 'deny' };
  });
}

/** Guards every page that is ever created, also one that no code of ours made. */
export function guardAllContents(onRefuse: Refuse): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, onRefuse));
}
