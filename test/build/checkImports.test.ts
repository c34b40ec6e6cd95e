/** The import rule on small made-up trees. */
import { describe, expect, it } from 'vitest';
import { checkImports, type ImportTable } from '../../build/checkImports.ts';

const table: ImportTable = {
  folders: {
    shared: { imports: [], packages: ['zod'] },
    engine: { imports: ['shared'], packages: ['acorn'] },
    'engine/inference': { imports: ['shared', 'engine/random.ts'], packages: [] },
    main: { imports: ['shared', 'engine'], packages: ['node:', 'electron'] },
    test: { imports: ['shared', 'engine', 'main'], packages: ['*'] },
  },
  only: { electron: ['main/desktop.ts'] },
};
const messages = (path: string, text: string): string[] => checkImports([{ path, text }], table).map((b) => b.message);

describe('the import rule', () => {
  it('allows what the table lists, type imports and re-exports included', () => {
    const text =
      "import { a } from '../shared/a.ts';\nexport type { B } from './b.ts';\nimport * as acorn from 'acorn';";
    expect(messages('engine/a.ts', text)).toEqual([]);
  });

  it('names the allowed folders and the place of a breach', () => {
    const breaches = checkImports([{ path: 'engine/a.ts', text: "\nimport { x } from '../main/x.ts';" }], table);
    expect(breaches).toEqual([
      { path: 'engine/a.ts', line: 2, message: 'engine may import from engine, shared, not from main/x.ts' },
    ]);
  });

  it('applies the rule of the deepest listed folder', () => {
    expect(messages('engine/inference/a.ts', "import '../program/parse.ts';")).toEqual([
      'engine/inference may import from engine/inference, shared, engine/random.ts, not from engine/program/parse.ts',
    ]);
    expect(messages('engine/inference/a.ts', "import { r } from '../random.ts';")).toEqual([]);
  });

  it('refuses a package that the folder may not use, also when loaded dynamically', () => {
    expect(messages('engine/a.ts', "const fs = await import('node:fs');")).toEqual([
      'engine may use the packages acorn, not node:',
    ]);
  });

  it('keeps a package to the files that may have it', () => {
    expect(messages('main/desktop.ts', "import { app } from 'electron';")).toEqual([]);
    expect(messages('main/host.ts', "import { app } from 'electron';")).toEqual([
      'package electron is imported only in main/desktop.ts',
    ]);
  });

  it('refuses a file in no listed folder', () => {
    expect(messages('extra/a.ts', "import './b.ts';")).toEqual([
      'extra/a.ts lies in no folder of build/importTable.json',
    ]);
  });
});
