/** Settings of every window's page: sandboxed, isolated, without Node, without anything that loads from elsewhere. */
import type { WebPreferences } from 'electron';

/** What differs between windows: their preload script, their session, and whether this is the packaged application. */
export type PageChoices = {
  readonly preload: string;
  readonly session: WebPreferences['session'];
  readonly isPackaged: boolean;
};

/** The settings. Developer tools open only where the application is not packaged. */
export const pagePreferences = ({ preload, session, isPackaged }: PageChoices): WebPreferences => ({
  preload,
  session,
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  devTools: !isPackaged,
  safeDialogs: true,
  disableBlinkFeatures: 'Auxclick',
});
