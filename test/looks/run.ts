/**
 * `npm run test:looks [-- --renew]`: every screen against its reference, at two window sizes, light and dark. `--renew` takes the
 * references anew: look at them before they are kept. What differs is written into test-results/, with a page to look through.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const given = process.argv.slice(2);
const others = given.filter((argument) => argument !== '--renew');
const isRenewed = others.length < given.length;
// A screen that is gone leaves no picture behind, unless only some are taken.
if (isRenewed && others.length === 0) rmSync(join(import.meta.dirname, 'references'), { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', '@playwright', 'test', 'cli.js'),
    'test',
    '--config',
    join(root, 'build', 'looks.config.ts'),
    ...(isRenewed ? ['--update-snapshots=all'] : []),
    ...others,
  ],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
