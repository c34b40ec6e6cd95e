/** Migrations: every frozen workspace opens with its data as they were; a kill at any statement leaves the schema before or after, never between. */
import { fork } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonicalHash } from '../../../main/store/canonicalJson.ts';
import { openDatabase } from '../../../main/store/database.ts';
import { schemaVersionOf } from '../../../main/store/migrate.ts';
import { MIGRATIONS, SCHEMA_VERSION } from '../../../main/store/migrations/index.ts';
import { FAST_PLACE, openHost, researcher } from './openLab.ts';

const FROZEN = join(import.meta.dirname, '..', '..', 'fixtures', 'workspaces');

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(FAST_PLACE, 'migrate-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** The hash of all that the schema says, and the schema's number. */
function schemaOf(folder: string): { hash: string; version: number } {
  const connection = openDatabase(join(folder, 'credence.sqlite'));
  try {
    const rows = connection.read.all('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name');
    return { hash: canonicalHash(rows).toString('hex'), version: schemaVersionOf(connection) };
  } finally {
    connection.close();
  }
}

describe('a frozen workspace', () => {
  const names = readdirSync(FROZEN).filter((name) => name.startsWith('schema-'));

  it('is there for every released schema', () => {
    expect(names.sort()).toEqual(MIGRATIONS.map((_, i) => `schema-${i + 1}`).sort());
  });

  it.each(names)('%s opens with every answer as it was', async (name) => {
    const folder = join(root, 'lab');
    cpSync(join(FROZEN, name), folder, { recursive: true });
    const expected: unknown = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
    const host = await openHost(folder);
    const sessions = await host.handlers['sessions.list']({}, researcher);
    const responses = sessions.flatMap(({ sessionId }) => [...host.readResponses(sessionId)]);
    // Later schemas tell more of an answer; what was stored of it stays.
    expect(responses).toMatchObject(expected as object[]);
    expect(responses).toHaveLength((expected as object[]).length);
    expect(await host.check()).toEqual([]);
    await host.close();
    expect(schemaOf(folder).version).toBe(SCHEMA_VERSION);
  });
});

describe('a migration', () => {
  it.each(['migrate-statement:1', 'migrate-statement:17', 'migrate-commit:1', 'db-committed:1'])(
    'killed at %s is made whole at the next start',
    async (statement) => {
      const fresh = join(root, 'fresh');
      await (await openHost(fresh)).close();
      const folder = join(root, 'lab');
      const child = fork(join(import.meta.dirname, 'migrateProcess.ts'), [folder, statement], { stdio: 'inherit' });
      const signal = await new Promise((resolve) => child.once('exit', (_, name) => resolve(name)));
      expect(signal).toBe('SIGKILL');
      expect(existsSync(join(folder, 'credence.sqlite'))).toBe(true);
      await (await openHost(folder)).close();
      expect(schemaOf(folder)).toEqual(schemaOf(fresh));
    },
  );

  it('says which schema was made first, never to be changed', async () => {
    await (await openHost(join(root, 'lab'))).close();
    // Migration 1 is released: editing it breaks workspaces in use. A change of the schema is a new migration.
    expect(MIGRATIONS[0].name).toBe('initial');
    expect(canonicalHash(MIGRATIONS[0].sql).toString('hex')).toBe(
      '41d01a739cf1aedab66d5f38c8923d5fb04863e7f5a9cd3b0fa260edf91095c4',
    );
  });
});
