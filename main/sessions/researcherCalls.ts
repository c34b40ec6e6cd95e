/** What answers the researcher's procedures about sessions under way: monitor, gate, control, balance, preview, withdrawal. */
import type { z } from 'zod';
import { isFinal, moveParticipant } from '../../engine/study/participantStates.ts';
import type { Handlers } from '../../shared/api.ts';
import { InternalError, UserError } from '../../shared/errors.ts';
import type { controlInputSchema } from '../../shared/participation.ts';
import { eraseParticipant } from '../store/erasure.ts';
import { addParticipant, findByWithdrawal, isGateOpen, type Progress } from '../store/participants.ts';
import { openSession, readSession } from '../store/sessions.ts';
import type { Act } from '../store/store.ts';
import { hashWithdrawalCode } from './codes.ts';
import type { SessionContext } from './context.ts';
import { monitorTiles } from './monitor.ts';
import { checkIn, fillOf, startsAtOnce } from './start.ts';

export type ResearcherCalls = Pick<
  Handlers,
  | 'sessions.addParticipant'
  | 'sessions.monitor'
  | 'sessions.gate'
  | 'sessions.control'
  | 'sessions.balance'
  | 'sessions.preview'
  | 'participants.withdraw'
>;

type Control = z.infer<typeof controlInputSchema>;
type Change = Partial<Omit<Extract<Act, { kind: 'participation.changed' }>, 'kind' | 'participantId' | 'actor'>>;

/** What a control changes. Throws a UserError where it makes no sense now. */
function changeOf(progress: Progress, { act, seat, minutes }: Control): Change {
  const { state } = progress;
  if (isFinal(state) && act !== 'answer-help') throw new UserError(`the participation has ended: ${state}`);
  switch (act) {
    case 'pause':
      return { heldBy: 'researcher', ...(state === 'running' ? { state: 'paused' } : {}) };
    case 'resume':
    case 'approve-resume':
      return { heldBy: null, ...(state === 'paused' ? { state: 'running' } : {}) };
    case 'extend':
      if (minutes === undefined) throw new UserError('extend needs minutes');
      return {};
    case 'move':
      if (seat === undefined) throw new UserError('move needs a seat');
      return { seat };
    case 'stop': {
      const ended = moveParticipant(state, 'abort');
      if (ended === undefined) throw new InternalError(`abort of a participation that is ${state}`);
      return { state: ended, heldBy: null };
    }
    case 'answer-help':
      return {};
    default:
      return act satisfies never;
  }
}

function control(context: SessionContext, input: Control): void {
  const { store, liveness } = context;
  store.settle();
  const { participantId, act, reason, minutes } = input;
  const { progress } = context.seat(participantId);
  const change = changeOf(progress, input);
  const detail = {
    from: progress.state,
    ...(reason === undefined ? {} : { reason }),
    ...(change.seat == null ? {} : { seat: change.seat }),
    ...(minutes === undefined ? {} : { minutes }),
  };
  const moved = change.state && change.state !== progress.state ? [{ type: `state.${change.state}`, detail }] : [];
  const type = act === 'answer-help' ? 'help.answered' : `control.${act}`;
  store.record({
    kind: 'participation.changed',
    actor: 'researcher',
    participantId,
    ...change,
    events: [{ type, detail }, ...moved],
  });
  if (act === 'answer-help') liveness.hear(participantId, store.clock.monotonicMs(), { needsHelp: false });
  context.onChange();
}

/** Adds a participant, who starts at once where there is nothing to ask. */
export function seatParticipant(
  context: SessionContext,
  options: { sessionId: string; label: string; seat?: string },
): string {
  const { versionId } = readSession(context.store.read, options.sessionId);
  const study = context.shelf.study(versionId);
  const participantId = addParticipant(context.store, options);
  if (startsAtOnce(study)) checkIn(context, participantId, { locale: study.locale }, 'system');
  return participantId;
}

type Preview = {
  readonly versionId: string;
  readonly locale?: string;
  readonly nodeId?: string;
  readonly seed: number;
};

/** A draft participant who stands at the first place of a node: what the study looks like from there. */
function preview(context: SessionContext, { versionId, locale, nodeId, seed }: Preview): string {
  const study = context.shelf.study(versionId);
  const { sessionId } = openSession(context.store, { versionId, stage: 'draft', seed });
  const participantId = addParticipant(context.store, { sessionId, label: 'Preview' });
  checkIn(context, participantId, { locale: locale ?? study.locale }, 'researcher');
  if (nodeId === undefined) return participantId;
  const { screens } = context.seat(participantId);
  const position = screens.findIndex((screen) => screen.nodeId === nodeId);
  if (position < 0)
    throw new UserError(`no screen of this participant comes from node "${nodeId}"`, {
      hint: `there are ${[...new Set(screens.map((screen) => screen.nodeId))].join(', ')}`,
    });
  context.store.record({
    kind: 'participation.changed',
    actor: 'researcher',
    participantId,
    position,
    state: 'running',
    events: [{ type: 'preview', detail: { nodeId, position } }],
  });
  return participantId;
}

/** The table of these procedures. */
export function createResearcherCalls(context: SessionContext): ResearcherCalls {
  const { store } = context;
  return {
    'sessions.addParticipant': (input) => {
      const participantId = seatParticipant(context, input);
      context.onChange();
      return { participantId };
    },
    'sessions.monitor': ({ sessionId }) => {
      const { versionId, stage } = readSession(store.read, sessionId);
      return {
        tiles: monitorTiles(context, sessionId),
        isGateOpen: isGateOpen(store.read, sessionId),
        balance: fillOf(context, versionId, stage),
      };
    },
    'sessions.gate': ({ sessionId, isOpen }) => {
      store.settle();
      readSession(store.read, sessionId);
      if (isGateOpen(store.read, sessionId) !== isOpen)
        store.record({ kind: 'session.gated', actor: 'researcher', sessionId, isOpen });
      context.onChange();
      return { isOpen };
    },
    'sessions.control': (input) => {
      control(context, input);
      return { ok: true };
    },
    'sessions.balance': ({ versionId, stage }) => fillOf(context, versionId, stage),
    'sessions.preview': (input) => {
      store.settle();
      const participantId = preview(context, input);
      context.onChange();
      return { participantId };
    },
    'participants.withdraw': ({ code }) => {
      store.settle();
      const participantId = findByWithdrawal(store.read, hashWithdrawalCode(code));
      if (participantId === undefined)
        throw new UserError('no data are stored under this withdrawal code', {
          hint: 'is it typed as it was shown? Data that were erased before are gone already',
        });
      eraseParticipant(store, participantId, 'withdrawn by code');
      context.onChange();
      return { participantId };
    },
  };
}
