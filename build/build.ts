/** Builds dist/: the Node side by the TypeScript compiler (one file out per file in), the preload script and the renderer by Vite. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { ROLES } from '../shared/api.ts';
import { preloadConfig } from './preload.config.ts';
import { programPageConfigs } from './programPage.config.ts';
import { root, runTool } from './tool.ts';

rmSync(join(root, 'dist'), { recursive: true, force: true });
const code = runTool('tsc', ['-p', join('build', 'tsconfig.node.json')]);
if (code !== 0) process.exit(code);
for (const role of ROLES) await build(preloadConfig(role));
for (const config of programPageConfigs(join(root, 'dist', 'main'))) await build(config);
await build({ configFile: join(root, 'build', 'renderer.config.ts'), logLevel: 'warn' });
console.log('build: dist/ is ready');
