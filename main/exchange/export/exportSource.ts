/**
 * What an export is made from: a session's participants, one after another, under ids of their own. Names, words people typed and moments
 * are left out unless they are asked for.
 */
import { createHash } from 'node:crypto';
import type { SessionSummary } from '../../../shared/api.ts';
import { UserError } from '../../../shared/errors.ts';
import type { CsvDialect, ExportExtra, ExportFormat } from '../../../shared/exchange.ts';
import type { RunControl } from '../../../shared/progress.ts';
import type { StoredResponse } from '../../../shared/response.ts';
import type { Study } from '../../../shared/study.ts';
import { version } from '../../resources.ts';
import { listParticipants } from '../../store/participants.ts';
import { readParticipantResponses } from '../../store/responses.ts';
import { listSessions, readSession } from '../../store/sessions.ts';
import type { Store } from '../../store/store.ts';
import { readStudy } from '../../store/studyVersions.ts';
import type { ExportManifest } from './exportSession.ts';

/** Stands for a typed text that was left out. */
export const WITHHELD = '[withheld]';

/** A response as it leaves: the store's, without whose it is and, unless asked for, when it came. */
export type ExportedResponse = Omit<
  StoredResponse,
  'participantId' | 'sessionId' | 'studyHash' | 'stage' | 'receivedAt'
> & {
  readonly receivedAt?: string;
};

/** One participant: `subjectId` is 16 letters and digits, the same in every export; `sinceFirstMs` stands beside each response. */
export type ExportedParticipant = {
  readonly subjectId: string;
  readonly label?: string;
  readonly responses: readonly ExportedResponse[];
  /** Milliseconds from the participant's first stored response to each. */
  readonly sinceFirstMs: readonly number[];
};

export type ExportSource = {
  readonly session: SessionSummary;
  readonly study: Study;
  /** SHA-256 of the study's version, 64 hexadecimal digits. */
  readonly studyHash: string;
  readonly appVersion: string;
  readonly extras: readonly ExportExtra[];
  /** Every participant that is not erased, in the order they were added. Can be called again. */
  readonly participants: () => Iterable<ExportedParticipant>;
};

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const SUBJECT_LETTERS = 16;

/** The id a participant has in exports: 80 bits of a hash of the store's id, in letters and digits that file names and Psych-DS allow. */
export function subjectIdOf(participantId: string): string {
  const digest = createHash('sha256').update(`subject ${participantId}`).digest();
  let bits = 0n;
  for (const byte of digest.subarray(0, (SUBJECT_LETTERS * 5) / 8)) bits = (bits << 8n) | BigInt(byte);
  return Array.from({ length: SUBJECT_LETTERS }, (_, i) => BASE32[Number((bits >> BigInt(5 * i)) & 31n)]).join('');
}

function toExported(response: StoredResponse, extras: readonly ExportExtra[]): ExportedResponse {
  const {
    participantId: _participant,
    sessionId: _session,
    studyHash: _hash,
    stage: _stage,
    receivedAt,
    ...rest
  } = response;
  const isTextKept = rest.text === undefined || extras.includes('texts');
  return {
    ...rest,
    ...(isTextKept ? {} : { text: WITHHELD }),
    ...(extras.includes('times') ? { receivedAt } : {}),
  };
}

/** The participants of `responsesOf`, as exports see them. */
export function toExportedParticipant(
  participant: { readonly participantId: string; readonly label: string },
  responses: readonly StoredResponse[],
  extras: readonly ExportExtra[],
): ExportedParticipant {
  const first = responses.length === 0 ? 0 : Date.parse(responses[0].receivedAt);
  return {
    subjectId: subjectIdOf(participant.participantId),
    ...(extras.includes('identities') ? { label: participant.label } : {}),
    responses: responses.map((response) => toExported(response, extras)),
    sinceFirstMs: responses.map(({ receivedAt }) => Date.parse(receivedAt) - first),
  };
}

/** Throws UserError unless the workspace has exactly one session. */
function onlySession(store: Store): string {
  const sessions = listSessions(store.read);
  if (sessions.length === 1) return sessions[0].sessionId;
  const named = sessions
    .slice(0, 8)
    .map(({ sessionId, stage, participants }) => `${sessionId} (${stage}, ${participants})`);
  throw new UserError(`export: expected a session, the workspace has ${sessions.length}`, {
    hint: sessions.length === 0 ? 'open a session and let people answer first' : `give --session: ${named.join(', ')}`,
  });
}

/** The session as an export reads it, the only one there is where none is named. Throws UserError for an unknown session. */
export function openExportSource(
  store: Store,
  named: string | undefined,
  extras: readonly ExportExtra[],
): ExportSource {
  const sessionId = named ?? onlySession(store);
  const session = readSession(store.read, sessionId);
  return {
    session,
    study: readStudy(store.read, session.versionId),
    studyHash: session.versionId,
    appVersion: version(),
    extras,
    *participants() {
      for (const { participantId, label } of listParticipants(store, sessionId))
        yield toExportedParticipant(
          { participantId, label },
          readParticipantResponses(store, { sessionId, participantId }),
          extras,
        );
    },
  };
}

/** What an export of a workspace is asked for; the only session there is where none is named. */
export type ExportRequest = {
  readonly sessionId?: string;
  readonly format: ExportFormat;
  readonly dialect: CsvDialect;
  readonly extras: readonly ExportExtra[];
  readonly out: string;
};

/** Writes a session as a folder. */
export type ExportSession = (request: ExportRequest, control?: RunControl) => Promise<ExportManifest>;
