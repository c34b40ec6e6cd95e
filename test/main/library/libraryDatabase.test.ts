/** The library's file over versions: an older one is brought forward with what it holds, a newer one is refused. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, it } from 'vitest';
import { openLibraryDatabase } from '../../../main/library/libraryDatabase.ts';
import { UserError } from '../../../shared/errors.ts';
import { FAST_PLACE } from '../store/openLab.ts';
import { openTestLibrary, someScenarios } from './openTestLibrary.ts';

const folder = mkdtempSync(join(FAST_PLACE, 'library-versions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Changes a closed library's file. */
function change(path: string, sql: string): void {
  const database = new Database(path);
  database.exec(sql);
  database.close();
}

it('brings a library of version 1 forward with its scenarios', () => {
  const path = join(folder, 'older.sqlite');
  const first = openTestLibrary(path);
  first.library.save('Generate', someScenarios(3));
  first.close();
  change(path, 'DROP TABLE draft_edit; DROP TABLE draft; DROP TABLE exclusion; PRAGMA user_version = 1');
  const { write, close } = openLibraryDatabase(path);
  expect(write.get('SELECT count(*) AS n FROM scenario')).toEqual({ n: 3 });
  expect(write.all('SELECT * FROM draft JOIN draft_edit USING (draft_seq)')).toEqual([]);
  expect(write.all('SELECT * FROM exclusion')).toEqual([]);
  close();
});

it('refuses a newer library and leaves it as it is', () => {
  const path = join(folder, 'newer.sqlite');
  openLibraryDatabase(path).close();
  change(path, 'PRAGMA user_version = 99');
  expect(() => openLibraryDatabase(path)).toThrow(UserError);
  expect(() => openLibraryDatabase(path)).toThrow(/newer Credence \(schema 99; this version knows \d+\)/);
  const database = new Database(path);
  expect(database.pragma('user_version', { simple: true })).toBe(99);
  database.close();
});
