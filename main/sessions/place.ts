/** What a participant's page shows now: the screen in their language, whether it must wait, and how far they are. */
import { isShownIn } from '../../engine/study/design.ts';
import { placeBefore } from '../../engine/study/leavePlace.ts';
import { isFinal } from '../../engine/study/participantStates.ts';
import { showCheckIn } from '../../engine/study/showCheckIn.ts';
import { showScreen } from '../../engine/study/showScreen.ts';
import { studyLocales } from '../../engine/study/studyTexts.ts';
import type { Place } from '../../shared/participation.ts';
import type { Screen } from '../../shared/screen.ts';
import type { Study } from '../../shared/study.ts';
import { OUTCOMES, type Outcome } from '../../shared/timeline.ts';
import { type Identity, isGateOpen, type Progress, readIdentity } from '../store/participants.ts';
import { nextClientSeq, readAnswers, type Seat } from '../store/responses.ts';
import { deriveCompletionCode } from './codes.ts';
import type { SessionContext } from './context.ts';
import { isStoredWhole } from './verify.ts';

/** Why the page must wait; null when it need not. */
export function holdOf(context: SessionContext, progress: Progress): Place['hold'] {
  if (isFinal(progress.state) || progress.state === 'invited') return null;
  if (progress.heldBy === 'researcher') return 'paused-by-researcher';
  if (progress.heldBy === 'approval') return 'resume-approval';
  if (progress.heldBy === 'participant' || progress.state === 'paused') return 'paused';
  return isGateOpen(context.store.read, progress.sessionId) ? null : 'gate';
}

const isOutcome = (state: string): state is Outcome => OUTCOMES.some((outcome) => outcome === state);

/** The address to go to, with code and recruiter's parameters put in; null when one it needs is not known. */
export function redirectAddress(
  template: string | undefined,
  values: Readonly<Record<string, string | undefined>>,
): string | null {
  if (template === undefined) return null;
  const names = [...template.matchAll(/\{([^}]*)\}/g)].map((match) => match[1]);
  if (names.some((name) => values[name] === undefined)) return null;
  return template.replace(/\{([^}]*)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}

/** The last screen. A redirect is given only when every answer was read back from the store. */
function endScreen(context: SessionContext, seat: Seat, study: Study, identity: Identity | undefined): Screen {
  const { progress } = seat;
  const outcome = isOutcome(progress.state) ? progress.state : 'completed';
  const cell = progress.cell ?? { levels: {}, rows: {} };
  const node = study.timeline.find(
    (one) => one.kind === 'end' && (one.outcome ?? 'completed') === outcome && isShownIn(one, cell),
  );
  const { participantId, versionId } = progress;
  const derived = (): string =>
    deriveCompletionCode(participantId, versionId, nextClientSeq(context.store.read, participantId));
  const code = study.completion?.codes[outcome] ?? (outcome === 'completed' ? derived() : undefined);
  const isWhole = isStoredWhole(context.store, seat);
  const redirect = isWhole ? redirectAddress(study.completion?.redirect, { ...identity?.recruiter, code }) : null;
  return {
    kind: 'end',
    outcome,
    title: node?.kind === 'end' ? node.title : study.title,
    body: node?.kind === 'end' ? node.body : '',
    completionCode: code ?? null,
    redirect,
    withdrawalCode: identity?.withdrawalCode ?? null,
  };
}

function screenOf(context: SessionContext, seat: Seat, study: Study, identity: Identity | undefined): Screen | null {
  const { progress, screens } = seat;
  if (progress.state === 'invited') return showCheckIn(context.shelf.study(progress.versionId));
  const screen = screens[progress.position];
  if (isFinal(progress.state) || screen === undefined) return endScreen(context, seat, study, identity);
  if (holdOf(context, progress) !== null) return null;
  return showScreen(
    {
      study,
      locale: progress.locale || study.locale,
      random: context.randomOf(progress),
      attempts: progress.attempts,
      withdrawalCode: identity?.withdrawalCode ?? '',
      isRevisit: progress.position < progress.frontier,
    },
    screen,
  );
}

/** Everything the page needs to show where the participant is. */
export function placeOf(context: SessionContext, seat: Seat): Place {
  const { store, shelf } = context;
  const { progress, screens } = seat;
  const { participantId, versionId, position } = progress;
  const study = shelf.study(versionId, progress.locale);
  const identity = readIdentity(store, participantId);
  const screen = screenOf(context, seat, study, identity);
  const isOpen = screen !== null && screen.kind !== 'end' && screen.kind !== 'check-in';
  return {
    screen,
    state: progress.state,
    hold: holdOf(context, progress),
    index: position,
    total: progress.state === 'invited' ? null : progress.screens,
    nextClientSeq: nextClientSeq(store.read, participantId),
    participantId,
    canGoBack: isOpen && placeBefore(study, { ...progress, screens }) !== undefined,
    answers: screen?.kind === 'questions' ? readAnswers(store, participantId, screen.trialIndex) : [],
    locale: progress.locale || study.locale,
    study: { title: study.title, stage: progress.stage, hash: versionId, locales: studyLocales(study) },
    comfort: identity?.comfort ?? null,
  };
}
