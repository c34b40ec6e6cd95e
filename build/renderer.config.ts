/** Bundles the renderer: one page per role, and beside them the table of files that the application will serve, and nothing else. */
import { extname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { FILE_TABLE, type FileTable } from '../main/pages/pages.ts';

const root = join(import.meta.dirname, '..');
const ENTRIES = { researcher: 'index.html', participant: 'participant.html' } as const;
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

function contentType(name: string): string {
  const type = CONTENT_TYPES[extname(name)];
  if (!type) throw new Error(`renderer build: no content type for ${name}`);
  return type;
}

const fileTable: Plugin = {
  name: 'credence-file-table',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const files = Object.fromEntries(Object.keys(bundle).map((name) => [name, contentType(name)]));
      const table: FileTable = { entries: ENTRIES, files };
      this.emitFile({ type: 'asset', fileName: FILE_TABLE, source: JSON.stringify(table, undefined, 2) });
    },
  },
};

export default defineConfig({
  root: join(root, 'renderer'),
  base: './',
  plugins: [react(), fileTable],
  build: {
    outDir: join(root, 'dist', 'renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    // The pages' policy allows neither data: scripts nor inline preload code.
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: { input: Object.values(ENTRIES).map((name) => join(root, 'renderer', name)) },
  },
});
