/** Builds dist/: the Node side by the TypeScript compiler (one file out per file in), the preload script and the renderer by Vite. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { ROLES } from '../shared/api.ts';
import { preloadConfig } from './preload.config.ts';

const root = join(import.meta.dirname, '..');

function buildNode(): void {
  const compiler = join(root, 'node_modules', '.bin', 'tsc');
  const { status } = spawnSync(compiler, ['-p', join(root, 'build', 'tsconfig.node.json')], {
    stdio: 'inherit',
    cwd: root,
  });
  if (status !== 0) process.exit(status ?? 1);
}

rmSync(join(root, 'dist'), { recursive: true, force: true });
buildNode();
for (const role of ROLES) await build(preloadConfig(role));
await build({ configFile: join(root, 'build', 'renderer.config.ts'), logLevel: 'warn' });
console.log('build: dist/ is ready');
