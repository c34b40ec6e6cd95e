/** Responses: submitted once each, sealed with the participant's key, never overwritten; and read back page by page. */
import { UserError } from '../../shared/errors.ts';
import {
  type Acknowledgement,
  type StoredResponse,
  type SubmittedResponse,
  submittedResponseSchema,
} from '../../shared/response.ts';
import type { Phase, PlannedScreen } from '../../shared/screen.ts';
import { eventSeqOf } from './applyParticipation.ts';
import { canonicalJson } from './canonicalJson.ts';
import type { ReadHandle } from './database.ts';
import type { Progress } from './participants.ts';
import type { Act, Store } from './store.ts';

/** The number the participant's next response must carry. */
export const nextClientSeq = (read: ReadHandle, participantId: string): number =>
  read.get<{ next: number }>(
    'SELECT client_seq + 1 AS next FROM response WHERE participant_id = ? ORDER BY client_seq DESC LIMIT 1',
    participantId,
  )?.next ?? 0;

type KnownRow = { readonly response_seq: number; readonly sealed: Buffer };

/** The acknowledgement of a response that was stored before. Throws a UserError when it was stored with other content. */
function acknowledgeAgain(
  store: Store,
  participantId: string,
  response: SubmittedResponse,
): Acknowledgement | undefined {
  const { clientSeq } = response;
  const row = store.read.get<KnownRow>(
    'SELECT response_seq, sealed FROM response WHERE participant_id = ? AND client_seq = ?',
    participantId,
    clientSeq,
  );
  if (!row) return undefined;
  if (store.keyring.unseal(participantId, 'response', row.sealed) !== canonicalJson(response))
    throw new UserError(`response ${clientSeq} is stored already with other content`, {
      hint: 'a changed answer is a new response with the next clientSeq',
    });
  return { clientSeq, serverSeq: row.response_seq };
}

/** Where a participant stands, with the places they were given. */
export type Seat = { readonly progress: Progress; readonly screens: readonly PlannedScreen[] };

/** Throws a UserError unless the response is to a query on a screen that the participant has been shown. */
function checkPlace({ progress, screens }: Seat, response: SubmittedResponse): void {
  const { trialIndex, scenarioId, queryId } = response;
  const position = screens.findIndex((screen) => screen.trialIndex === trialIndex);
  if (position < 0) throw new UserError(`participant ${progress.participantId} has no trial ${trialIndex}`);
  if (position > progress.frontier)
    throw new UserError(`trial ${trialIndex} was not shown yet; the current position is ${progress.position}`);
  const screen = screens[position];
  const isThere =
    screen.kind === 'questions' &&
    (screen.scenarioId ?? screen.nodeId) === scenarioId &&
    screen.queryIds.some((id) => id === queryId);
  if (!isThere) throw new UserError(`trial ${trialIndex} has no query ${queryId} of scenario ${scenarioId}`);
}

/** Responses checked against what is stored: those to be recorded, and the acknowledgements of those that were stored before. */
export type PreparedResponses = {
  readonly fresh: readonly SubmittedResponse[];
  readonly acts: readonly Act[];
  readonly known: readonly Acknowledgement[];
};

/**
 * Checks responses and makes what is to be recorded of them; nothing is stored yet. Throws a UserError for one that does not fit its place
 * or its turn.
 */
export function prepareResponses(store: Store, seat: Seat, inputs: readonly SubmittedResponse[]): PreparedResponses {
  const { participantId } = seat.progress;
  const fresh: SubmittedResponse[] = [];
  const acts: Act[] = [];
  const known: Acknowledgement[] = [];
  let expected = nextClientSeq(store.read, participantId);
  for (const input of inputs) {
    const parsed = submittedResponseSchema.safeParse(input);
    if (!parsed.success) throw new UserError(`response: ${parsed.error.issues[0].message}`);
    const response = parsed.data;
    // Numbers are given without gaps: from the next one on nothing is stored.
    const before = response.clientSeq < expected ? acknowledgeAgain(store, participantId, response) : undefined;
    if (before) {
      known.push(before);
      continue;
    }
    checkPlace(seat, response);
    const { clientSeq, trialIndex, scenarioId, queryId } = response;
    if (clientSeq !== expected)
      throw new UserError(`response ${clientSeq} came out of turn: ${expected} is next`, {
        hint: 'send the waiting responses in order',
      });
    expected++;
    fresh.push(response);
    const sealed = store.keyring.seal(participantId, 'response', canonicalJson(response));
    acts.push({
      kind: 'response.submitted',
      actor: 'participant',
      participantId,
      clientSeq,
      trialIndex,
      scenarioId,
      queryId,
      response: sealed,
    });
  }
  return { fresh, acts, known };
}

/**
 * Stores one response. When it returns, the response is in the synced log and in the committed database. The same response sent again
 * is stored once; `check` sees it before that and may refuse it. Throws a UserError, with nothing stored, for a response that does not fit
 * its place or its turn.
 */
export function submitResponse(
  store: Store,
  seat: Seat,
  input: SubmittedResponse,
  check: (fresh: readonly SubmittedResponse[]) => void = () => undefined,
): Acknowledgement {
  const { fresh, acts, known } = prepareResponses(store, seat, [input]);
  if (known.length > 0) return known[0];
  check(fresh);
  return { clientSeq: input.clientSeq, serverSeq: store.recordAll(acts)[0] };
}

/** The newest answer to each query of a trial, in the order they were first given. */
export function readAnswers(store: Store, participantId: string, trialIndex: number): SubmittedResponse[] {
  const rows = store.read.all<{ query_id: string; sealed: Buffer }>(
    'SELECT query_id, sealed FROM response WHERE participant_id = ? AND trial_index = ? ORDER BY revision, response_seq',
    participantId,
    trialIndex,
  );
  const newest = new Map(rows.map(({ query_id, sealed }) => [query_id, sealed]));
  return [...newest.values()].flatMap((sealed) => {
    const text = store.keyring.unseal(participantId, 'response', sealed);
    return text === undefined ? [] : [submittedResponseSchema.parse(JSON.parse(text))];
  });
}

const PAGE = 500;

type ResponseRow = {
  readonly response_seq: number;
  readonly participant_id: string;
  readonly revision: number;
  readonly latest: number;
  readonly sealed: Buffer;
  readonly received_at: string;
  readonly resumed_at: number | null;
  readonly phase: Phase;
};

const ROW_SQL = `SELECT response_seq, participant_id, revision, sealed, received_at,
  (SELECT coalesce(json_extract(screen, '$.phase'), 'main') FROM trial
   WHERE trial.participant_id = response.participant_id AND trial.trial_index = response.trial_index) AS phase,
  (SELECT min(event_seq) FROM event WHERE event.participant_id = response.participant_id AND type = 'resumed') AS resumed_at,
  (SELECT max(revision) FROM response AS other WHERE other.participant_id = response.participant_id
   AND other.trial_index = response.trial_index AND other.query_id = response.query_id) AS latest
  FROM response`;
const PAGE_SQL = `${ROW_SQL} WHERE session_id = ? AND response_seq > ? ORDER BY response_seq LIMIT ${PAGE}`;
const PARTICIPANT_SQL = `${ROW_SQL} WHERE participant_id = ? ORDER BY client_seq`;

/** What a session's responses have in common. */
type SessionVersion = Pick<StoredResponse, 'studyHash' | 'stage' | 'sessionId'>;

const readVersion = (read: ReadHandle, sessionId: string): SessionVersion | undefined =>
  read.get<SessionVersion>(
    'SELECT version_id AS studyHash, stage, session_id AS sessionId FROM session WHERE session_id = ?',
    sessionId,
  );

/** The response of a row; undefined where its participant's key is gone. */
function toResponse({ keyring }: Store, version: SessionVersion, row: ResponseRow): StoredResponse | undefined {
  const text = keyring.unseal(row.participant_id, 'response', row.sealed);
  if (text === undefined) return undefined;
  return {
    ...submittedResponseSchema.parse(JSON.parse(text)),
    serverSeq: row.response_seq,
    participantId: row.participant_id,
    receivedAt: row.received_at,
    revision: row.revision,
    isLatest: row.revision === row.latest,
    ...version,
    phase: row.phase,
    isResumed: row.resumed_at !== null && eventSeqOf(row.response_seq, 0) > row.resumed_at,
  };
}

/** A session's responses in the store's order, earlier revisions too. Reads a page at a time, so answers can come in meanwhile. */
export function* readResponses(store: Store, sessionId: string): Generator<StoredResponse> {
  const version = readVersion(store.read, sessionId);
  if (!version) return;
  let after = 0;
  for (;;) {
    const rows = store.read.all<ResponseRow>(PAGE_SQL, sessionId, after);
    for (const row of rows) {
      after = row.response_seq;
      const response = toResponse(store, version, row);
      if (response) yield response;
    }
    if (rows.length < PAGE) return;
  }
}

/** One participant's responses in the order they were given, earlier revisions too. */
export function readParticipantResponses(
  store: Store,
  { sessionId, participantId }: { readonly sessionId: string; readonly participantId: string },
): StoredResponse[] {
  const version = readVersion(store.read, sessionId);
  if (!version) return [];
  const rows = store.read.all<ResponseRow>(PARTICIPANT_SQL, participantId);
  return rows.flatMap((row) => toResponse(store, version, row) ?? []);
}
