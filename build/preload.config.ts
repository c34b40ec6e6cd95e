/** Bundles the preload script of one role into one CommonJS file, as a sandboxed window needs, with the names of that role's procedures. */
import { join } from 'node:path';
import type { InlineConfig } from 'vite';
import { PROCEDURES, type Role } from '../shared/api.ts';

const root = join(import.meta.dirname, '..');

/** The build of `role`'s preload script, `dist/main/preload/<role>.cjs`. */
export function preloadConfig(role: Role): InlineConfig {
  const names = Object.entries(PROCEDURES)
    .filter(([, procedure]) => procedure.role === role)
    .map(([name]) => name);
  return {
    configFile: false,
    logLevel: 'warn',
    define: { PROCEDURE_NAMES: JSON.stringify(names) },
    build: {
      outDir: join(root, 'dist', 'main', 'preload'),
      emptyOutDir: false,
      minify: false,
      target: 'chrome140',
      lib: { entry: join(root, 'main', 'preload', 'preload.ts'), formats: ['cjs'], fileName: () => `${role}.cjs` },
      rolldownOptions: { external: ['electron'] },
    },
  };
}
