/** What each log record does to the database: rows, their audit entry, nothing else. Always called inside a transaction. */
import { studySchema } from '../../shared/study.ts';
import {
  addPageEvents,
  addTrials,
  applyChange,
  type Effect,
  hashSequence,
  mustRead,
  startParticipant,
} from './applyParticipation.ts';
import type { WriteHandle } from './database.ts';
import type { LogRecord } from './logRecord.ts';
import { insertRow, readRow, updateRow } from './rows.ts';

type Recorded<K extends LogRecord['kind']> = Extract<LogRecord, { kind: K }>;

function importStudy(write: WriteHandle, record: Recorded<'study.imported'>, seq: number): Effect {
  const study = studySchema.parse(JSON.parse(record.study));
  const after = insertRow(write, 'study_version', {
    version_id: record.versionId,
    slug: study.slug,
    version: study.version,
    title: study.title,
    description: study.description,
    scenarios: study.scenarios.length,
    queries: study.scenarios.reduce((total, scenario) => total + scenario.queries.length, 0),
    imported_at: record.at,
    log_seq: seq,
    study: record.study,
  });
  return { entity: 'study_version', entityId: record.versionId, after };
}

function openSession(write: WriteHandle, record: Recorded<'session.opened'>, seq: number): Effect {
  const after = insertRow(write, 'session', {
    session_id: record.sessionId,
    version_id: record.versionId,
    stage: record.stage,
    seed: record.seed,
    opened_at: record.at,
    closed_at: null,
    next_ordinal: 0,
    log_seq: seq,
  });
  return { entity: 'session', entityId: record.sessionId, after };
}

function closeSession(write: WriteHandle, record: Recorded<'session.closed'>): Effect {
  const hashes = updateRow(write, 'session', record.sessionId, { closed_at: record.at });
  return { entity: 'session', entityId: record.sessionId, ...hashes };
}

function addParticipant(write: WriteHandle, record: Recorded<'participant.added'>, seq: number): Effect {
  const { participantId, sessionId } = record;
  updateRow(write, 'session', sessionId, { next_ordinal: record.ordinal + 1 });
  const after = insertRow(write, 'participant', {
    participant_id: participantId,
    session_id: sessionId,
    ordinal: record.ordinal,
    label: Buffer.from(record.label, 'base64'),
    position: 0,
    added_at: record.at,
    log_seq: seq,
  });
  insertRow(write, 'assignment', {
    participant_id: participantId,
    screens: record.screens.length,
    sequence_hash: hashSequence(record.screens),
    log_seq: seq,
  });
  addTrials(write, participantId, record.screens);
  return { entity: 'participant', entityId: participantId, after };
}

function setGate(write: WriteHandle, record: Recorded<'session.gated'>): Effect {
  const { sessionId, isOpen, at } = record;
  const row = { session_id: sessionId, is_open: isOpen ? 1 : 0, changed_at: at };
  const hashes = readRow(write, 'session_gate', sessionId)
    ? updateRow(write, 'session_gate', sessionId, row)
    : { after: insertRow(write, 'session_gate', row) };
  return { entity: 'session', entityId: sessionId, ...hashes };
}

function advance(write: WriteHandle, record: Recorded<'participant.advanced'>): Effect {
  const hashes = updateRow(write, 'participant', record.participantId, { position: record.position });
  return { entity: 'participant', entityId: record.participantId, ...hashes };
}

function addResponse(write: WriteHandle, record: Recorded<'response.submitted'>, seq: number): Effect {
  const { participantId } = record;
  const revision = write.get<{ next: number }>(
    `SELECT revision + 1 AS next FROM response WHERE participant_id = ? AND trial_index = ? AND query_id = ?
     ORDER BY revision DESC LIMIT 1`,
    participantId,
    record.trialIndex,
    record.queryId,
  )?.next;
  const after = insertRow(write, 'response', {
    response_seq: seq,
    session_id: mustRead(write, 'participant', participantId).session_id,
    participant_id: participantId,
    client_seq: record.clientSeq,
    trial_index: record.trialIndex,
    scenario_id: record.scenarioId,
    query_id: record.queryId,
    revision: revision ?? 0,
    sealed: Buffer.from(record.response, 'base64'),
    received_at: record.at,
  });
  return { entity: 'response', entityId: String(seq), after };
}

/** Takes a person's rows away; that there was one stays, without content. */
function erase(write: WriteHandle, record: Recorded<'participant.erased'>): Effect {
  const { participantId, reason } = record;
  const row = mustRead(write, 'participant', participantId);
  for (const table of ['response', 'trial', 'assignment', 'event', 'participation', 'participant'])
    write.run(`DELETE FROM ${table} WHERE participant_id = ?`, participantId);
  insertRow(write, 'tombstone', {
    participant_id: participantId,
    session_id: row.session_id,
    erased_at: record.at,
    reason,
  });
  return { entity: 'participant', entityId: participantId, before: Buffer.from(row.row_hash as Buffer), reason };
}

/** Applies record number `seq`. Throws when it contradicts what the database holds. */
export function applyRecord(write: WriteHandle, record: LogRecord, seq: number): Effect {
  switch (record.kind) {
    case 'study.imported':
      return importStudy(write, record, seq);
    case 'session.opened':
      return openSession(write, record, seq);
    case 'session.closed':
      return closeSession(write, record);
    case 'participant.added':
      return addParticipant(write, record, seq);
    case 'participant.started':
      return startParticipant(write, record, seq);
    case 'participation.changed':
      return applyChange(write, record, seq);
    case 'page.events':
      return addPageEvents(write, record, seq);
    case 'session.gated':
      return setGate(write, record);
    case 'participant.advanced':
      return advance(write, record);
    case 'response.submitted':
      return addResponse(write, record, seq);
    case 'participant.erased':
      return erase(write, record);
    case 'record.lost':
      return { entity: 'record', entityId: String(seq), reason: record.reason };
    default:
      return record satisfies never;
  }
}
