/** Sessions: one opening of a study version for participants, at one stage and with one seed. */
import { randomUUID } from 'node:crypto';
import type { SessionSummary } from '../../shared/api.ts';
import { UserError } from '../../shared/errors.ts';
import type { Stage } from '../../shared/study.ts';
import type { ReadHandle } from './database.ts';
import type { Store } from './store.ts';

const SUMMARY = `SELECT session_id AS sessionId, version_id AS versionId, stage, opened_at AS openedAt, closed_at AS closedAt,
  (SELECT count(*) FROM participant WHERE participant.session_id = session.session_id) AS participants,
  (SELECT count(*) FROM response WHERE response.session_id = session.session_id AND revision = 0) AS responses
  FROM session`;

/** One session. Throws a UserError when there is none of this id. */
export function readSession(read: ReadHandle, sessionId: string): SessionSummary {
  const session = read.get<SessionSummary>(`${SUMMARY} WHERE session_id = ?`, sessionId);
  if (!session)
    throw new UserError(`no session ${sessionId}`, { hint: 'sessions.list names the sessions of this workspace' });
  return session;
}

/** All sessions, newest first. */
export const listSessions = (read: ReadHandle): SessionSummary[] =>
  read.all<SessionSummary>(`${SUMMARY} ORDER BY log_seq DESC`);

/** Opens a session of a study version. Throws a UserError for an unknown version. */
export function openSession(store: Store, options: { versionId: string; stage: Stage; seed: number }): SessionSummary {
  store.settle();
  const { versionId } = options;
  if (store.read.get('SELECT 1 FROM study_version WHERE version_id = ?', versionId) === undefined)
    throw new UserError(`no study version ${versionId}`, { hint: 'studies.list names the versions of this workspace' });
  const sessionId = randomUUID();
  store.record({ kind: 'session.opened', actor: 'researcher', sessionId, ...options });
  return readSession(store.read, sessionId);
}

/** Closes a session for new participants; those who are in it can finish. Closing again changes nothing. */
export function closeSession(store: Store, sessionId: string): SessionSummary {
  store.settle();
  const session = readSession(store.read, sessionId);
  if (session.closedAt !== null) return session;
  store.record({ kind: 'session.closed', actor: 'researcher', sessionId });
  return readSession(store.read, sessionId);
}
