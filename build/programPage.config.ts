/** Bundles what a hidden window that runs programs loads: the page's script, the worker's, and the preload script that hands over the port. */
import { join } from 'node:path';
import type { InlineConfig } from 'vite';

const root = join(import.meta.dirname, '..');

/** One script with all it imports, for a window. `entry` and `outDir` are absolute. */
export const bundleScript = (
  entry: string,
  outDir: string,
  output: { readonly name: string; readonly format: 'cjs' | 'iife' },
): InlineConfig => ({
  configFile: false,
  logLevel: 'warn',
  build: {
    outDir,
    emptyOutDir: false,
    minify: false,
    target: 'chrome140',
    lib: { entry, formats: [output.format], name: 'credence', fileName: () => output.name },
    rolldownOptions: { external: ['electron'] },
  },
});

/** The builds, into `main` of the folder given. */
export const programPageConfigs = (main: string): InlineConfig[] => [
  bundleScript(join(root, 'main/programPage/page.ts'), join(main, 'programPage'), { name: 'page.js', format: 'iife' }),
  bundleScript(join(root, 'main/programPage/worker.ts'), join(main, 'programPage'), {
    name: 'worker.js',
    format: 'iife',
  }),
  bundleScript(join(root, 'main/preload/programPort.ts'), join(main, 'preload'), {
    name: 'program.cjs',
    format: 'cjs',
  }),
];
