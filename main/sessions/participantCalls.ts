/** What answers the participant's procedures. The caller is known by the window or station; ids in the input are never trusted. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeBefore } from '../../engine/study/leavePlace.ts';
import { isFinal } from '../../engine/study/participantStates.ts';
import { practiceFeedback } from '../../engine/study/practiceFeedback.ts';
import { nodeOf } from '../../engine/study/resolveSequence.ts';
import type { Caller, ParticipantHandlers } from '../../shared/api.ts';
import { UserError } from '../../shared/errors.ts';
import type { ConsentDecision, PARTICIPANT_ACTS, Place } from '../../shared/participation.ts';
import { canonicalHash } from '../store/canonicalJson.ts';
import { eraseParticipant } from '../store/erasure.ts';
import type { Progress } from '../store/participants.ts';
import { readAnswers, type Seat, submitResponse } from '../store/responses.ts';
import { advance, checkAnswers, refuseUnlessOpen } from './advance.ts';
import { arrive, endIfTimeIsUp } from './arrival.ts';
import type { SessionContext } from './context.ts';
import { createFarewells } from './farewells.ts';
import { move, record } from './moves.ts';
import { holdOf, placeOf } from './place.ts';
import { checkIn } from './start.ts';

function participantOf(caller: Caller): string {
  if (caller.role !== 'participant') throw new UserError('only a participant may do this');
  return caller.participantId;
}

function decideConsent(context: SessionContext, seat: Seat, decision: ConsentDecision): void {
  const { progress, screens } = seat;
  const screen = screens[progress.position];
  if (screen?.trialIndex !== decision.trialIndex || screen.kind !== 'consent') {
    const isPast = screens.findIndex(({ trialIndex }) => trialIndex === decision.trialIndex) < progress.position;
    if (isPast || isFinal(progress.state)) return;
    throw new UserError(`trial ${decision.trialIndex} asks for no consent now`);
  }
  refuseUnlessOpen(context, seat);
  const node = nodeOf(context.shelf.study(progress.versionId, progress.locale), screen.nodeId);
  if (node.kind !== 'consent') throw new UserError(`trial ${decision.trialIndex} asks for no consent`);
  const missing = (node.boxes ?? []).find(({ id, isRequired }) => isRequired && decision.boxes[id] !== true);
  if (decision.isGranted && missing)
    throw new UserError(`the box "${missing.id}" must be ticked to take part`, { location: { path: missing.id } });
  const ticked = Object.keys(decision.boxes).filter((id) => decision.boxes[id]);
  const stored = {
    type: 'consent',
    detail: {
      nodeId: node.id,
      version: node.version,
      // What was on the screen, word for word, in the language it was read in.
      textHash: canonicalHash(node).toString('hex'),
      locale: progress.locale,
      isGranted: decision.isGranted,
      ticked,
      dwellMs: decision.dwellMs,
      wasReadToEnd: decision.wasReadToEnd,
    },
  };
  const position = progress.position + 1;
  const isLast = position === screens.length;
  if (!decision.isGranted) move(context, progress, 'decline', { events: [stored] });
  else if (isLast) move(context, progress, 'complete', { position, events: [stored] });
  else move(context, progress, 'consent', { position, events: [stored] });
}

type ParticipantAct = (typeof PARTICIPANT_ACTS)[number];

/** Acts that a participant may do at any time. */
function act(context: SessionContext, progress: Progress, wanted: ParticipantAct): void {
  const { participantId, heldBy } = progress;
  switch (wanted) {
    case 'pause':
      move(context, progress, 'pause', { heldBy: heldBy ?? 'participant' });
      return;
    case 'resume':
      if (heldBy === 'researcher' || heldBy === 'approval')
        throw new UserError('only the researcher can lift this hold');
      move(context, progress, 'resume', { heldBy: null });
      return;
    case 'stop':
      move(context, progress, 'stop', { heldBy: null });
      return;
    case 'help':
      context.liveness.hear(participantId, context.store.clock.monotonicMs(), { needsHelp: true });
      record(context, participantId, { events: [{ type: 'help', detail: { position: progress.position } }] });
      context.onChange();
      return;
    case 'withdraw':
      eraseParticipant(context.store, participantId, 'withdrawn by the participant');
      context.onChange();
      return;
    default:
      wanted satisfies never;
  }
}

/** The bytes of a study's asset. Throws a UserError for a name that the study does not have. */
function readAsset({ shelf, assets }: SessionContext, { versionId }: Progress, name: string) {
  const asset = shelf.study(versionId).assets?.find((candidate) => candidate.name === name);
  if (!asset) throw new UserError(`this study has no asset "${name}"`);
  return { type: asset.type, base64: readFileSync(join(assets, asset.sha256)).toString('base64') };
}

/** The table of the participant's procedures. */
export function createParticipantCalls(context: SessionContext): ParticipantHandlers {
  const { store, liveness } = context;
  const farewells = createFarewells(context);
  /** The caller's seat, with their page noted as heard of. */
  const seatOf = (caller: Caller): Seat => {
    const seat = context.seat(participantOf(caller));
    liveness.hear(seat.progress.participantId, store.clock.monotonicMs());
    return seat;
  };
  const placeNow = (caller: Caller): Place =>
    farewells.placeOf(participantOf(caller)) ?? placeOf(context, context.seat(participantOf(caller)));
  return {
    'participant.screen': ({ isArrival }, caller) => {
      const gone = farewells.placeOf(participantOf(caller));
      if (gone) return gone;
      store.settle();
      endIfTimeIsUp(context, seatOf(caller));
      if (isArrival) arrive(context, seatOf(caller));
      return placeOf(context, seatOf(caller));
    },
    'participant.checkIn': (input, caller) => {
      const { progress } = seatOf(caller);
      checkIn(context, progress.participantId, input, 'participant');
      return placeNow(caller);
    },
    'participant.consent': (decision, caller) => {
      store.settle();
      decideConsent(context, seatOf(caller), decision);
      return placeNow(caller);
    },
    'participant.submit': (response, caller) => {
      store.settle();
      const seat = seatOf(caller);
      return submitResponse(store, seat, response, (fresh) => checkAnswers(context, seat, fresh));
    },
    'participant.advance': (input, caller) => {
      store.settle();
      const advanced = advance(context, seatOf(caller), input);
      // What came in time or just too late is kept all the same.
      endIfTimeIsUp(context, context.seat(participantOf(caller)));
      return { ...advanced, place: placeNow(caller) };
    },
    'participant.back': ({ trialIndex }, caller) => {
      store.settle();
      const seat = seatOf(caller);
      const { progress, screens } = seat;
      if (screens[progress.position]?.trialIndex !== trialIndex) return placeNow(caller);
      refuseUnlessOpen(context, seat);
      const position = placeBefore(context.shelf.study(progress.versionId), { ...progress, screens });
      if (position === undefined) throw new UserError(`there is no way back from trial ${trialIndex}`);
      const event = { type: 'trial.reopen', detail: { trialIndex: screens[position].trialIndex } };
      record(context, progress.participantId, { position, events: [event] });
      return placeNow(caller);
    },
    'participant.feedback': ({ trialIndex }, caller) => {
      const { progress, screens } = seatOf(caller);
      const screen = screens.find((candidate) => candidate.trialIndex === trialIndex);
      const node = screen && nodeOf(context.shelf.study(progress.versionId, progress.locale), screen.nodeId);
      if (node?.kind !== 'practice') return { feedback: [] };
      return { feedback: practiceFeedback(node, readAnswers(store, progress.participantId, trialIndex)) };
    },
    'participant.events': ({ events }, caller) => {
      store.settle();
      const { participantId } = seatOf(caller).progress;
      store.record({ kind: 'page.events', actor: 'participant', participantId, events });
      return { stored: events.length };
    },
    'participant.act': ({ act: wanted }, caller) => {
      store.settle();
      const { progress } = seatOf(caller);
      if (wanted === 'withdraw') farewells.keep(progress);
      act(context, progress, wanted);
      return placeNow(caller);
    },
    'participant.dataChoice': ({ trialIndex, choice }, caller) => {
      store.settle();
      const seat = seatOf(caller);
      if (choice === 'erase') {
        farewells.keep(seat.progress);
        act(context, seat.progress, 'withdraw');
      } else advance(context, seat, { trialIndex });
      return placeNow(caller);
    },
    'participant.heartbeat': ({ idleMs, isHidden = false, waiting = 0 }, caller) => {
      endIfTimeIsUp(context, context.seat(participantOf(caller)));
      const { progress } = context.seat(participantOf(caller));
      const nowMs = store.clock.monotonicMs();
      const inputAtMs = idleMs === undefined ? null : nowMs - idleMs;
      liveness.hear(progress.participantId, nowMs, { isHidden, waiting, inputAtMs });
      return { ok: true, state: progress.state, hold: holdOf(context, progress), index: progress.position };
    },
    'participant.asset': ({ name }, caller) => readAsset(context, seatOf(caller).progress, name),
  };
}
