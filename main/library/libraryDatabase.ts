/**
 * The library's database, `library.sqlite` in the workspace: scenarios, their posteriors, changes that can be taken back, jobs. It is a file
 * of its own so that nothing done here can reach people's answers, whose database and log have stricter rules.
 */
import { type Connection, openDatabase, type WriteHandle } from '../store/database.ts';
import { explaining } from '../store/storeErrors.ts';

const SCHEMA = `
CREATE TABLE scenario (
  ordinal INTEGER PRIMARY KEY,
  scenario_id TEXT NOT NULL UNIQUE,
  domain TEXT NOT NULL,
  subdomain TEXT NOT NULL,
  style TEXT NOT NULL,
  cell TEXT,
  team_size INTEGER,
  source TEXT NOT NULL,
  queries INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  reason TEXT NOT NULL,
  excerpt TEXT NOT NULL,
  search TEXT NOT NULL,
  scenario TEXT NOT NULL
) STRICT;
CREATE INDEX scenario_by_domain ON scenario (domain);
CREATE INDEX scenario_by_verdict ON scenario (verdict);

CREATE TABLE posterior (
  scenario_id TEXT PRIMARY KEY,
  program_hash TEXT NOT NULL,
  posterior TEXT NOT NULL
) STRICT;

CREATE TABLE edit (
  edit_seq INTEGER PRIMARY KEY,
  label TEXT NOT NULL,
  is_undone INTEGER NOT NULL
) STRICT;

CREATE TABLE edit_scenario (
  edit_seq INTEGER NOT NULL REFERENCES edit ON DELETE CASCADE,
  scenario_id TEXT NOT NULL,
  other TEXT,
  PRIMARY KEY (edit_seq, scenario_id)
) STRICT;

CREATE TABLE job (
  job_seq INTEGER PRIMARY KEY,
  job_id TEXT NOT NULL UNIQUE,
  request TEXT NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL,
  progress TEXT,
  outcome TEXT,
  problem TEXT,
  started_at TEXT NOT NULL,
  ended_at TEXT
) STRICT;
`;

export type LibraryDatabase = { readonly write: WriteHandle; close(): void };

function createTables(connection: Connection): void {
  if (Number(connection.pragma('user_version')) > 0) return;
  connection.write.transaction(() => {
    connection.exec(SCHEMA);
    connection.pragma('user_version = 1');
  });
}

/** Opens the library at `path`, making it when absent. Throws UserError naming the file when it cannot be used. */
export function openLibraryDatabase(path: string): LibraryDatabase {
  const connection = explaining(path, () => openDatabase(path));
  try {
    explaining(path, () => createTables(connection));
  } catch (error) {
    connection.close();
    throw error;
  }
  return { write: connection.write, close: () => connection.close() };
}
