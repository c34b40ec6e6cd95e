/** Responses: submitted once each, sealed with the participant's key, never overwritten; and read back page by page. */
import { UserError } from '../../shared/errors.ts';
import {
  type Acknowledgement,
  type StoredResponse,
  type SubmittedResponse,
  submittedResponseSchema,
} from '../../shared/response.ts';
import { canonicalJson } from './canonicalJson.ts';
import type { ReadHandle } from './database.ts';
import { readProgress, readTrial } from './participants.ts';
import type { Store } from './store.ts';

/** The number the participant's next response must carry. */
export const nextClientSeq = (read: ReadHandle, participantId: string): number =>
  read.get<{ next: number }>(
    'SELECT coalesce(max(client_seq) + 1, 0) AS next FROM response WHERE participant_id = ?',
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

/** Throws a UserError unless the response is to a query on a screen that the participant has been shown. */
function checkPlace(read: ReadHandle, participantId: string, response: SubmittedResponse): void {
  const { position } = readProgress(read, participantId);
  const { trialIndex, scenarioId, queryId } = response;
  const trial = readTrial(read, participantId, trialIndex);
  if (trial.position > position)
    throw new UserError(`trial ${trialIndex} was not shown yet; the current position is ${position}`);
  const isThere =
    trial.screen.kind === 'scenario' &&
    trial.screen.scenario.id === scenarioId &&
    trial.screen.scenario.queries.some((query) => query.id === queryId);
  if (!isThere) throw new UserError(`trial ${trialIndex} has no query ${queryId} of scenario ${scenarioId}`);
}

/**
 * Stores one response. When it returns, the response is in the synced log and in the committed database. The same response sent again
 * is stored once. Throws a UserError, with nothing stored, for a response that does not fit its place or its turn.
 */
export function submitResponse(store: Store, participantId: string, input: SubmittedResponse): Acknowledgement {
  const parsed = submittedResponseSchema.safeParse(input);
  if (!parsed.success) throw new UserError(`response: ${parsed.error.issues[0].message}`);
  const response = parsed.data;
  store.settle();
  const known = acknowledgeAgain(store, participantId, response);
  if (known) return known;
  checkPlace(store.read, participantId, response);
  const { clientSeq, trialIndex, scenarioId, queryId } = response;
  const expected = nextClientSeq(store.read, participantId);
  if (clientSeq !== expected)
    throw new UserError(`response ${clientSeq} came out of turn: ${expected} is next`, {
      hint: 'send the waiting responses in order',
    });
  const serverSeq = store.record({
    kind: 'response.submitted',
    actor: 'participant',
    participantId,
    clientSeq,
    trialIndex,
    scenarioId,
    queryId,
    response: store.keyring.seal(participantId, 'response', canonicalJson(response)),
  });
  return { clientSeq, serverSeq };
}

const PAGE = 500;

type ResponseRow = {
  readonly response_seq: number;
  readonly participant_id: string;
  readonly revision: number;
  readonly latest: number;
  readonly sealed: Buffer;
  readonly received_at: string;
};

const ROW_SQL = `SELECT response_seq, participant_id, revision, sealed, received_at,
  (SELECT max(revision) FROM response AS other WHERE other.participant_id = response.participant_id
   AND other.trial_index = response.trial_index AND other.query_id = response.query_id) AS latest
  FROM response`;
const PAGE_SQL = `${ROW_SQL} WHERE session_id = ? AND response_seq > ? ORDER BY response_seq LIMIT ${PAGE}`;
const PARTICIPANT_SQL = `${ROW_SQL} WHERE participant_id = ? ORDER BY client_seq`;

/** The response of a row; undefined where its participant's key is gone. */
function toResponse({ keyring }: Store, sessionId: string, row: ResponseRow): StoredResponse | undefined {
  const text = keyring.unseal(row.participant_id, 'response', row.sealed);
  if (text === undefined) return undefined;
  return {
    ...submittedResponseSchema.parse(JSON.parse(text)),
    serverSeq: row.response_seq,
    sessionId,
    participantId: row.participant_id,
    receivedAt: row.received_at,
    revision: row.revision,
    isLatest: row.revision === row.latest,
  };
}

/** A session's responses in the store's order, earlier revisions too. Reads a page at a time, so answers can come in meanwhile. */
export function* readResponses(store: Store, sessionId: string): Generator<StoredResponse> {
  let after = 0;
  for (;;) {
    const rows = store.read.all<ResponseRow>(PAGE_SQL, sessionId, after);
    for (const row of rows) {
      after = row.response_seq;
      const response = toResponse(store, sessionId, row);
      if (response) yield response;
    }
    if (rows.length < PAGE) return;
  }
}

/** One participant's responses in the order they were given, earlier revisions too. */
export const readParticipantResponses = (
  store: Store,
  { sessionId, participantId }: { readonly sessionId: string; readonly participantId: string },
): StoredResponse[] =>
  store.read.all<ResponseRow>(PARTICIPANT_SQL, participantId).flatMap((row) => toResponse(store, sessionId, row) ?? []);
