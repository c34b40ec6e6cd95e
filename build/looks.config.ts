/** How every screen looks, against pictures that were looked at: `npm run test:looks`. Fonts differ between machines, so this is no part of `npm test`. */
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const root = join(import.meta.dirname, '..');
const looks = join(root, 'test', 'looks');

export default defineConfig({
  testDir: looks,
  testMatch: '**/*.spec.ts',
  outputDir: join(root, 'test-results', 'looks'),
  snapshotPathTemplate: join(looks, 'references', '{arg}{ext}'),
  globalSetup: join(root, 'test', 'e2e', 'buildFirst.ts'),
  reporter: [['list'], ['html', { outputFolder: join(root, 'test-results', 'looks-report'), open: 'never' }]],
  timeout: 300_000,
  workers: 1,
});
