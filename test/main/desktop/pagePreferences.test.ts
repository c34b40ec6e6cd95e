/** The settings of a window: every wall is up, and none comes down by a change that nobody meant. */
import { expect, it } from 'vitest';
import { pagePreferences } from '../../../main/desktop/pagePreferences.ts';

const WALLS = {
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
  safeDialogs: true,
  disableBlinkFeatures: 'Auxclick',
};

it('has every wall up, and developer tools only outside the package', () => {
  const choices = { preload: '/p.cjs', session: undefined };
  expect(pagePreferences({ ...choices, isPackaged: true })).toEqual({ ...choices, ...WALLS, devTools: false });
  expect(pagePreferences({ ...choices, isPackaged: false })).toEqual({ ...choices, ...WALLS, devTools: true });
});
