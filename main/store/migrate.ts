/** Brings a database to this version's schema, one numbered migration at a time, each in one transaction. */
import { UserError } from '../../shared/errors.ts';
import type { Connection } from './database.ts';
import { failPoint } from './failPoints.ts';
import { MIGRATIONS, SCHEMA_VERSION } from './migrations/index.ts';

/** The schema a database is at: 0 for an empty one. */
export const schemaVersionOf = (connection: Connection): number => Number(connection.pragma('user_version'));

/** Whether the database holds data in a schema that this version will migrate. */
export function isOlder(connection: Connection): boolean {
  const found = schemaVersionOf(connection);
  return found > 0 && found < SCHEMA_VERSION;
}

/** Throws a UserError when `found` is a schema of a later version of the application than this. */
export function refuseNewer(found: number, file: string): void {
  if (found > SCHEMA_VERSION)
    throw new UserError(
      `${file}: this workspace was last used by a newer Credence (schema ${found}; this version knows ${SCHEMA_VERSION})`,
      { hint: 'update Credence, or choose another workspace', location: { file } },
    );
}

/** Statements end with a semicolon at the end of a line. */
const statementsOf = (sql: string): string[] => sql.split(/;\s*\n/).filter((statement) => statement.trim() !== '');

/** Runs the migrations after the one the database is at. A kill in between leaves the last completed one. */
export function migrate(connection: Connection): void {
  const from = schemaVersionOf(connection);
  refuseNewer(from, connection.read.path);
  for (const [offset, migration] of MIGRATIONS.slice(from).entries())
    connection.write.transaction(() => {
      for (const statement of statementsOf(migration.sql)) {
        failPoint('migrate-statement');
        connection.exec(statement);
      }
      connection.pragma(`user_version = ${from + offset + 1}`);
      failPoint('migrate-commit');
    });
}
