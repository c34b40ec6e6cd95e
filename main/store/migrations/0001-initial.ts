/** Migration 1: the first schema. Never edited; later changes are later migrations. */

export const INITIAL = `
CREATE TABLE log_position (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  log_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  chain BLOB NOT NULL,
  bytes INTEGER NOT NULL
) STRICT;

CREATE TABLE study_version (
  version_id TEXT PRIMARY KEY,
  slug TEXT NOT NULL,
  version TEXT NOT NULL,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  scenarios INTEGER NOT NULL,
  queries INTEGER NOT NULL,
  imported_at TEXT NOT NULL,
  log_seq INTEGER NOT NULL,
  row_hash BLOB NOT NULL,
  study TEXT NOT NULL
) STRICT;

CREATE TABLE session (
  session_id TEXT PRIMARY KEY,
  version_id TEXT NOT NULL REFERENCES study_version,
  stage TEXT NOT NULL CHECK (stage IN ('draft', 'pilot', 'live', 'simulated')),
  seed INTEGER NOT NULL,
  opened_at TEXT NOT NULL,
  closed_at TEXT,
  next_ordinal INTEGER NOT NULL,
  log_seq INTEGER NOT NULL,
  row_hash BLOB NOT NULL
) STRICT;
CREATE INDEX session_by_version ON session (version_id);

CREATE TABLE participant (
  participant_id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES session,
  ordinal INTEGER NOT NULL,
  label BLOB NOT NULL,
  position INTEGER NOT NULL,
  added_at TEXT NOT NULL,
  log_seq INTEGER NOT NULL,
  row_hash BLOB NOT NULL,
  UNIQUE (session_id, ordinal)
) STRICT;

CREATE TABLE assignment (
  participant_id TEXT PRIMARY KEY REFERENCES participant,
  screens INTEGER NOT NULL,
  sequence_hash BLOB NOT NULL,
  log_seq INTEGER NOT NULL,
  row_hash BLOB NOT NULL
) STRICT;

CREATE TABLE trial (
  participant_id TEXT NOT NULL REFERENCES participant,
  position INTEGER NOT NULL,
  trial_index INTEGER NOT NULL,
  screen TEXT NOT NULL,
  row_hash BLOB NOT NULL,
  PRIMARY KEY (participant_id, position),
  UNIQUE (participant_id, trial_index)
) STRICT;

CREATE TABLE response (
  response_seq INTEGER PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES session,
  participant_id TEXT NOT NULL REFERENCES participant,
  client_seq INTEGER NOT NULL,
  trial_index INTEGER NOT NULL,
  scenario_id TEXT NOT NULL,
  query_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  received_at TEXT NOT NULL,
  row_hash BLOB NOT NULL,
  UNIQUE (participant_id, client_seq),
  UNIQUE (participant_id, trial_index, query_id, revision)
) STRICT;
CREATE INDEX response_by_session ON response (session_id);
CREATE INDEX response_first ON response (session_id) WHERE revision = 0;

CREATE TABLE event (
  event_seq INTEGER PRIMARY KEY,
  session_id TEXT NOT NULL,
  participant_id TEXT,
  actor TEXT NOT NULL,
  type TEXT NOT NULL,
  detail TEXT NOT NULL,
  at TEXT NOT NULL,
  monotonic_ms REAL NOT NULL,
  row_hash BLOB NOT NULL
) STRICT;
CREATE INDEX event_by_participant ON event (participant_id);

CREATE TABLE tombstone (
  participant_id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL,
  erased_at TEXT NOT NULL,
  reason TEXT NOT NULL,
  row_hash BLOB NOT NULL
) STRICT;

CREATE TABLE audit (
  audit_seq INTEGER PRIMARY KEY,
  log_seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  monotonic_ms REAL NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  entity TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  before_hash BLOB,
  after_hash BLOB,
  reason TEXT NOT NULL,
  previous_hash BLOB NOT NULL,
  row_hash BLOB NOT NULL
) STRICT;
CREATE INDEX audit_by_entity ON audit (entity, entity_id);
CREATE TRIGGER audit_keeps_rows BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END;
CREATE TRIGGER audit_keeps_all BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows are never deleted'); END;
`;
