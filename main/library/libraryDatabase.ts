/**
 * The library's database, `library.sqlite` in the workspace: scenarios, their posteriors, changes that can be taken back, jobs, drafts of
 * studies, and who is left out of analyses. It is a file of its own so that nothing done here can reach people's answers, whose database and
 * log have stricter rules.
 */
import { UserError } from '../../shared/errors.ts';
import { type Connection, openDatabase, type WriteHandle } from '../store/database.ts';
import { explaining } from '../store/storeErrors.ts';

const SCENARIOS_AND_JOBS = `
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

const DRAFTS_AND_EXCLUSIONS = `
CREATE TABLE draft (
  draft_seq INTEGER PRIMARY KEY,
  study TEXT NOT NULL,
  revision INTEGER NOT NULL,
  faults INTEGER NOT NULL,
  updated_at TEXT NOT NULL,
  is_removed INTEGER NOT NULL
) STRICT;

CREATE TABLE draft_edit (
  edit_seq INTEGER PRIMARY KEY,
  draft_seq INTEGER NOT NULL REFERENCES draft,
  label TEXT NOT NULL,
  other TEXT NOT NULL,
  is_undone INTEGER NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX draft_edit_by_draft ON draft_edit (draft_seq, edit_seq);

CREATE TABLE exclusion (
  exclusion_seq INTEGER PRIMARY KEY,
  session_id TEXT NOT NULL,
  participant_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  excluded_at TEXT NOT NULL,
  included_at TEXT
) STRICT;
CREATE INDEX exclusion_by_session ON exclusion (session_id);
`;

/** Each brings the database from the version before to its own, counted from 1. */
const MIGRATIONS: readonly string[] = [SCENARIOS_AND_JOBS, DRAFTS_AND_EXCLUSIONS];

export type LibraryDatabase = { readonly write: WriteHandle; close(): void };

function migrate(connection: Connection, path: string): void {
  const from = Number(connection.pragma('user_version'));
  if (from > MIGRATIONS.length)
    throw new UserError(
      `${path}: this library was last used by a newer Credence (schema ${from}; this version knows ${MIGRATIONS.length})`,
      { hint: 'update Credence, or open another workspace', location: { file: path } },
    );
  for (const [i, sql] of MIGRATIONS.entries()) {
    if (i < from) continue;
    connection.write.transaction(() => {
      connection.exec(sql);
      connection.pragma(`user_version = ${i + 1}`);
    });
  }
}

/** Opens the library at `path`, making it when absent. Throws UserError naming the file when it is a newer one or cannot be used. */
export function openLibraryDatabase(path: string): LibraryDatabase {
  const connection = explaining(path, () => openDatabase(path));
  try {
    explaining(path, () => migrate(connection, path));
  } catch (error) {
    connection.close();
    throw error;
  }
  return { write: connection.write, close: () => connection.close() };
}
