/** End-to-end tests: the same specs over the desktop application (Electron, or its stand-in where Electron is not installed) and browser mode. */
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const root = join(import.meta.dirname, '..');

export default defineConfig({
  testDir: join(root, 'test', 'e2e'),
  testMatch: '**/*.spec.ts',
  outputDir: join(root, 'test-results'),
  globalSetup: join(root, 'test', 'e2e', 'buildFirst.ts'),
  reporter: 'list',
  timeout: 30_000,
  workers: 1,
  // A project's name is the surface its tests run over.
  projects: [
    { name: 'desktop', testIgnore: ['**/browser.spec.ts', '**/takingPart.spec.ts'] },
    {
      name: 'browser',
      testIgnore: [
        '**/desktop.spec.ts',
        '**/instances.spec.ts',
        '**/processes.spec.ts',
        '**/appearance.spec.ts',
        '**/package.spec.ts',
        '**/programs.spec.ts',
      ],
    },
  ],
});
