/**
 * Leaving a place of the sequence: where that leads, given the answers there. A comprehension check may lead back to the instructions or
 * to an ending, screening to a polite end, the last place to completion. Pure: the same answers always lead to the same place.
 */
import type { ParticipantState } from '../../shared/participation.ts';
import type { SubmittedResponse } from '../../shared/response.ts';
import type { PlannedScreen } from '../../shared/screen.ts';
import type { Study } from '../../shared/study.ts';
import type { NodeOf } from '../../shared/timeline.ts';
import type { ParticipationAct } from './participantStates.ts';
import { nodeOf } from './resolveSequence.ts';

/** Where a participant stands. `screens` is their whole sequence; `attempts` counts failed attempts by the node of the check. */
export type Standing = {
  readonly state: ParticipantState;
  readonly position: number;
  readonly screens: readonly PlannedScreen[];
  readonly attempts: Readonly<Record<string, number>>;
};

/** What is stored of leaving: where to, by which acts of the participation, and what a check found. */
export type Departure = {
  readonly position: number;
  readonly acts: readonly ParticipationAct[];
  readonly outcome: 'next' | 'retry' | 'return' | 'ended';
  readonly attempts: Readonly<Record<string, number>>;
  readonly wrong: readonly SubmittedResponse['queryId'][];
  readonly check?: { readonly kind: 'comprehension' | 'attention' | 'screening'; readonly isPassed: boolean };
};

type Answers = ReadonlyMap<string, Pick<SubmittedResponse, 'choice'>>;

/** The questions whose right option was not the one chosen. */
const wrongAnswers = (questions: NodeOf<'comprehension'>['questions'], answers: Answers) =>
  questions
    .filter(({ id, correct }) => {
      const choice = answers.get(id)?.choice ?? [];
      return choice.length !== 1 || choice[0] !== correct;
    })
    .map(({ id }) => id);

/** Moves on; behind the last place the participation is complete. */
function onwards(standing: Standing): Departure {
  const position = standing.position + 1;
  const isRunning = standing.state === 'running';
  const isDone = position === standing.screens.length;
  const acts: ParticipationAct[] = isRunning ? [] : ['begin'];
  if (isDone) acts.push('complete');
  return { position, acts, outcome: isDone ? 'ended' : 'next', attempts: standing.attempts, wrong: [] };
}

const ending = (standing: Standing, act: ParticipationAct): Departure => ({
  position: standing.position,
  acts: [act],
  outcome: 'ended',
  attempts: standing.attempts,
  wrong: [],
});

function leaveComprehension(standing: Standing, node: NodeOf<'comprehension'>, answers: Answers): Departure {
  const wrong = wrongAnswers(node.questions, answers);
  const check = { kind: 'comprehension', isPassed: wrong.length === 0 } as const;
  if (check.isPassed) return { ...onwards(standing), check };
  const failed = (standing.attempts[node.id] ?? 0) + 1;
  const attempts = { ...standing.attempts, [node.id]: failed };
  if (failed >= node.maxAttempts) {
    const next = node.onFail === 'end' ? ending(standing, 'fail-comprehension') : onwards(standing);
    return { ...next, attempts, wrong, check };
  }
  const back = standing.screens.findIndex(({ nodeId }) => nodeId === (node.returnTo ?? node.id));
  const isReturn = back >= 0 && back < standing.position;
  const acts: ParticipationAct[] = standing.state === 'running' ? [] : ['begin'];
  return {
    position: isReturn ? back : standing.position,
    acts,
    outcome: isReturn ? 'return' : 'retry',
    attempts,
    wrong,
    check,
  };
}

function isScreenedOut(node: NodeOf<'questionnaire'>, answers: Answers): boolean {
  return Object.entries(node.screenOut ?? {}).some(([id, options]) =>
    (answers.get(id)?.choice ?? []).some((option) => options.includes(option)),
  );
}

/** What leaving the current place with `answers` (by query id) leads to. */
export function leavePlace(study: Study, standing: Standing, answers: Answers): Departure {
  const screen = standing.screens[standing.position];
  const node = nodeOf(study, screen.nodeId);
  switch (node.kind) {
    case 'comprehension':
      return leaveComprehension(standing, node, answers);
    case 'attention': {
      const isPassed = wrongAnswers([node.question], answers).length === 0;
      return { ...onwards(standing), check: { kind: 'attention', isPassed } };
    }
    case 'questionnaire': {
      if (node.purpose !== 'screening') return onwards(standing);
      const isOut = isScreenedOut(node, answers);
      const next = isOut ? ending(standing, 'screen-out') : onwards(standing);
      return { ...next, check: { kind: 'screening', isPassed: !isOut } };
    }
    default:
      return onwards(standing);
  }
}

/** The place one back from the current, if the policies of both blocks allow it; undefined otherwise. */
export function placeBefore(study: Study, { screens, position }: Standing): number | undefined {
  const [screen, before] = [screens[position], screens[position - 1]];
  if (!screen || !before) return undefined;
  const node = nodeOf(study, before.nodeId);
  if (node.kind === 'instructions' && before.nodeId === screen.nodeId) return position - 1;
  if (node.kind !== 'block' || screen.nodeId !== before.nodeId) return undefined;
  return node.back === 'review' || node.back === 'edit' ? position - 1 : undefined;
}

/** What a page that arrives again after `gapMs` finds: where it goes on, or that the researcher must allow it. */
export type Resumption =
  | { readonly kind: 'resume' | 'checkpoint' | 'restart'; readonly position: number }
  | { readonly kind: 'approval' };

/** Applies the resume policy of the block the participant was in. */
export function resumeAt(study: Study, { screens, position }: Standing, gapMs: number): Resumption {
  const screen = screens[position];
  const node = screen && nodeOf(study, screen.nodeId);
  if (node?.kind !== 'block') return { kind: 'resume', position };
  if (node.resume === 'block' || (node.maxGapMinutes !== undefined && gapMs > node.maxGapMinutes * 60_000))
    return { kind: 'approval' };
  switch (node.resume ?? 'resume') {
    case 'checkpoint':
      return { kind: 'checkpoint', position: screens.findIndex(({ nodeId }) => nodeId === node.id) };
    case 'restart':
      return { kind: 'restart', position: 0 };
    default:
      return { kind: 'resume', position };
  }
}
