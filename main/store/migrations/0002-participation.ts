/** Migration 2: where each participation stands, and the start gates of sessions. Never edited; later changes are later migrations. */

export const PARTICIPATION = `
CREATE TABLE participation (
  participant_id TEXT PRIMARY KEY REFERENCES participant,
  state TEXT NOT NULL,
  locale TEXT NOT NULL,
  cell TEXT NOT NULL,
  seat TEXT,
  held_by TEXT,
  attempts TEXT NOT NULL,
  frontier INTEGER NOT NULL,
  left_seq INTEGER NOT NULL,
  identity BLOB,
  withdrawal_hash BLOB,
  checked_in_at TEXT,
  changed_at TEXT NOT NULL,
  ended_at TEXT,
  row_hash BLOB NOT NULL
) STRICT;
CREATE INDEX participation_by_code ON participation (withdrawal_hash);

CREATE TABLE session_gate (
  session_id TEXT PRIMARY KEY REFERENCES session,
  is_open INTEGER NOT NULL,
  changed_at TEXT NOT NULL,
  row_hash BLOB NOT NULL
) STRICT;
CREATE INDEX event_by_type ON event (participant_id, type);
`;
