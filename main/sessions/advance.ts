/** Leaving a place: its answers, where that leads, and the events that say so, made durable in one step and acknowledged after it. */
import type { z } from 'zod';
import { findAnswerFault } from '../../engine/study/checkAnswer.ts';
import { type Departure, leavePlace } from '../../engine/study/leavePlace.ts';
import { isFinal, isUnderWay, moveParticipant, type ParticipationAct } from '../../engine/study/participantStates.ts';
import { showScreen } from '../../engine/study/showScreen.ts';
import { InternalError, UserError } from '../../shared/errors.ts';
import type { advanceInputSchema, advanceOutputSchema, ParticipantState } from '../../shared/participation.ts';
import type { SubmittedResponse } from '../../shared/response.ts';
import type { PlannedScreen } from '../../shared/screen.ts';
import type { StoredEvent } from '../store/logRecord.ts';
import { nextClientSeq, type PreparedResponses, prepareResponses, readAnswers, type Seat } from '../store/responses.ts';
import type { Act } from '../store/store.ts';
import type { SessionContext } from './context.ts';
import { holdOf } from './place.ts';

type AdvanceInput = z.infer<typeof advanceInputSchema>;
/** What came of it; the place it led to is read after it. */
type Advanced = Omit<z.infer<typeof advanceOutputSchema>, 'place'>;

/** Throws a UserError unless answers are taken from this participant now. */
export function refuseUnlessOpen(context: SessionContext, { progress }: Seat): void {
  if (progress.state === 'invited')
    throw new UserError('the participant has not checked in yet', { hint: 'call participant.checkIn first' });
  if (!isUnderWay(progress.state) && progress.state !== 'paused')
    throw new UserError(`the participation has ended: ${progress.state}`);
  const hold = holdOf(context, progress);
  if (hold)
    throw new UserError(`the participation is held up: ${hold}`, { hint: 'it goes on when the hold is lifted' });
}

/** Throws a UserError when an answer is none that its widget can give. */
export function checkAnswers(context: SessionContext, seat: Seat, responses: readonly SubmittedResponse[]): void {
  const { progress, screens } = seat;
  const study = context.shelf.study(progress.versionId, progress.locale);
  const viewer = {
    study,
    locale: progress.locale || study.locale,
    random: context.randomOf(progress),
    attempts: progress.attempts,
  };
  // All answers of a step are on one screen as a rule: each is shown once, not once for each answer.
  const shown = new Map(
    [...new Set(responses.map(({ trialIndex }) => trialIndex))].map((index) => {
      const planned = screens.find(({ trialIndex }) => trialIndex === index);
      return [index, planned && showScreen({ ...viewer, withdrawalCode: '', isRevisit: false }, planned)];
    }),
  );
  for (const response of responses) {
    const screen = shown.get(response.trialIndex);
    const query = screen?.kind === 'questions' ? screen.queries.find(({ id }) => id === response.queryId) : undefined;
    const fault = query && findAnswerFault(query, response);
    if (query && fault)
      throw new UserError(`the answer to ${response.queryId} is none of a ${query.widget.kind}: ${fault}`, {
        location: { path: response.queryId },
      });
  }
}

/** The state after the acts of a departure, with one event for each move. */
function moveThrough(
  state: ParticipantState,
  acts: readonly ParticipationAct[],
): { state: ParticipantState; events: StoredEvent[] } {
  const events: StoredEvent[] = [];
  const last = acts.reduce((from, act) => {
    const to = moveParticipant(from, act);
    if (to === undefined) throw new InternalError(`${act} of a participation that is ${from}`);
    if (to !== from) events.push({ type: `state.${to}`, detail: { from, act } });
    return to;
  }, state);
  return { state: last, events };
}

/** What becomes of the trial that is left: its answers stored, its time up, or nothing asked. */
function trialEvent(screen: PlannedScreen, answers: readonly SubmittedResponse[]): StoredEvent {
  const { trialIndex } = screen;
  const isLate = answers.some(({ endedOn }) => endedOn === 'timeout');
  const isSkipped = answers.length > 0 && answers.every(({ missingCode }) => missingCode !== undefined);
  return { type: `trial.${isLate ? 'time-out' : isSkipped ? 'skip' : 'submit'}`, detail: { trialIndex } };
}

function eventsOf(screen: PlannedScreen, departure: Departure, answers: readonly SubmittedResponse[]): StoredEvent[] {
  const { check } = departure;
  const { trialIndex, nodeId } = screen;
  const checked: StoredEvent[] = check
    ? [
        {
          type: `check.${check.kind}`,
          detail: { nodeId, trialIndex, isPassed: check.isPassed, wrong: [...departure.wrong] },
        },
      ]
    : [];
  return [trialEvent(screen, answers), ...checked];
}

/** Throws a UserError when a query of the screen has no answer. */
function refuseMissing(screen: PlannedScreen, answers: readonly SubmittedResponse[]): void {
  if (screen.kind !== 'questions') return;
  const answered = new Set(answers.map(({ queryId }) => queryId));
  const count = screen.queryIds.filter((id) => answered.has(id)).length;
  if (count < screen.queryIds.length)
    throw new UserError(`trial ${screen.trialIndex} has ${count} of ${screen.queryIds.length} answers`, {
      hint: 'send the missing answers, or a missingCode for each, then advance',
    });
}

/** The newest answers of a trial once `fresh` ones are stored. */
function answersAfter(context: SessionContext, seat: Seat, trialIndex: number, fresh: readonly SubmittedResponse[]) {
  const newest = new Map(
    readAnswers(context.store, seat.progress.participantId, trialIndex).map((answer) => [answer.queryId, answer]),
  );
  for (const response of fresh) if (response.trialIndex === trialIndex) newest.set(response.queryId, response);
  return [...newest.values()];
}

/** Whether this very step was made before and its reply was lost: then nothing is to be done again. */
function isRepeated(context: SessionContext, seat: Seat, input: AdvanceInput, prepared: PreparedResponses): boolean {
  const { progress, screens } = seat;
  const position = screens.findIndex(({ trialIndex }) => trialIndex === input.trialIndex);
  if (position < 0) throw new UserError(`participant ${progress.participantId} has no trial ${input.trialIndex}`);
  if (isFinal(progress.state)) return prepared.fresh.length === 0;
  if (position > progress.position && position > progress.frontier)
    throw new UserError(
      `trial ${input.trialIndex} cannot be left before it is shown; the current position is ${progress.position}`,
    );
  if (position !== progress.position) return true;
  const screen = screens[position];
  if (screen.kind !== 'questions' || screen.queryIds.length === 0 || progress.frontier > position) return false;
  return prepared.fresh.length === 0 && nextClientSeq(context.store.read, progress.participantId) <= progress.leftSeq;
}

/** Leaves a place with the answers given there; `seat` was read from a settled store. When it returns, everything is stored; sent again, it is stored once. */
export function advance(context: SessionContext, seat: Seat, input: AdvanceInput): Advanced {
  const { store } = context;
  const { progress, screens } = seat;
  const { participantId } = progress;
  const prepared = prepareResponses(store, seat, input.responses ?? []);
  const isDone = isRepeated(context, seat, input, prepared);
  if (!isDone || prepared.fresh.length > 0) refuseUnlessOpen(context, seat);
  checkAnswers(context, seat, prepared.fresh);
  const pageEvents: Act[] = input.events?.length
    ? [{ kind: 'page.events', actor: 'participant', participantId, events: input.events }]
    : [];
  const acknowledge = (seqs: readonly number[]) => [
    ...prepared.known,
    ...prepared.fresh.map(({ clientSeq }, i) => ({ clientSeq, serverSeq: seqs[i] })),
  ];
  if (isDone) {
    const seqs = store.recordAll(prepared.acts);
    return {
      outcome: isFinal(progress.state) ? 'ended' : 'next',
      wrong: [],
      acknowledgements: acknowledge(seqs),
    };
  }
  const screen = screens[progress.position];
  if (screen.kind === 'consent')
    throw new UserError(`trial ${screen.trialIndex} asks for consent`, { hint: 'answer it by participant.consent' });
  const answers = answersAfter(context, seat, input.trialIndex, prepared.fresh);
  refuseMissing(screen, answers);
  const study = context.shelf.study(progress.versionId);
  const departure = leavePlace(
    study,
    { ...progress, screens },
    new Map(answers.map((answer) => [answer.queryId, answer])),
  );
  const { state, events } = moveThrough(progress.state, departure.acts);
  const change: Act = {
    kind: 'participation.changed',
    actor: 'participant',
    participantId,
    position: departure.position,
    leftSeq: nextClientSeq(store.read, participantId) + prepared.fresh.length,
    ...(state === progress.state ? {} : { state }),
    ...(departure.attempts === progress.attempts ? {} : { attempts: departure.attempts }),
    events: [...eventsOf(screen, departure, answers), ...events],
  };
  const seqs = store.recordAll([...prepared.acts, ...pageEvents, change]);
  if (departure.outcome === 'ended') context.onChange();
  return {
    outcome: departure.outcome,
    wrong: [...departure.wrong],
    acknowledgements: acknowledge(seqs),
  };
}
