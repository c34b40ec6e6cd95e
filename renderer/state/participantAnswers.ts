/** The part of the participant's store that takes answers: as they are made, when their screen is left, and to be commented on in practice. */
import { responsesOf } from '../participant/answers.ts';
import { type InputMode, moved } from '../participant/draft.ts';
import type { ParticipantPage } from './participantPage.ts';
import type { ParticipantState } from './participantStore.ts';

const POINTERS: readonly InputMode[] = ['mouse', 'touch', 'pen'];

/** The responses to the screen's queries as they are now; none for a screen that asks nothing or has stored them. */
function responsesNow(
  { here, getState, clock, options }: ParticipantPage,
  endedOn: 'response' | 'timeout',
  inputMode: InputMode,
) {
  const found = here();
  const screen = found?.place.screen;
  const { drafts, practised } = getState();
  if (!found || screen?.kind !== 'questions' || screen.isReadOnly || practised === drafts) return [];
  const nowMs = options.now();
  const times = clock.read(nowMs) ?? { onsetMs: nowMs, elapsedMs: 0, awayMs: 0, hiddenMs: 0 };
  const { elapsedMs: commitMs, ...others } = times;
  const timing = { ...others, commitMs, endedOn, inputMode };
  return responsesOf(screen, drafts, { firstClientSeq: found.place.nextClientSeq, timing });
}

export function createAnswers(page: ParticipantPage): Pick<ParticipantState, 'answer' | 'leave' | 'practise'> {
  const { getState, setState, clock, journey, report, options, here } = page;
  const { now } = options;
  const isIdle = (): boolean => getState().progress === 'idle';
  return {
    answer(queryId, move) {
      const found = here();
      const times = clock.read(now());
      // A press before the screen was presented was meant for the one before it.
      const isMeant = times !== null || !POINTERS.includes(move.inputMode);
      if (!found || !isMeant || !isIdle()) return;
      const before = getState().drafts;
      if (Object.keys(before).length === 0) report('engaged');
      if (move.value === null && before[queryId]) report('widget-cleared', queryId);
      const drafts = { ...before, [queryId]: moved(before[queryId], move, times?.elapsedMs ?? 0) };
      setState({ drafts });
      options.writeSoon(() => {
        if (getState().drafts === drafts && isIdle()) journey.keep(found.place, drafts, clock.read(now()));
      });
    },
    async leave(endedOn, inputMode) {
      const trialIndex = page.trialIndex();
      if (trialIndex === null || !isIdle()) return;
      report('answered');
      const responses = responsesNow(page, endedOn, inputMode);
      await page.take({ name: 'participant.advance', input: { trialIndex, responses, events: page.takeEvents() } });
    },
    async practise(inputMode) {
      const found = here();
      if (!found || !isIdle()) return;
      const practised = getState().drafts;
      const responses = responsesNow(page, 'response', inputMode);
      setState({ progress: 'sending' });
      try {
        const feedback = await journey.practise(found.place, responses);
        const place = { ...found.place, nextClientSeq: found.place.nextClientSeq + responses.length };
        setState({
          current: { status: 'ready', value: { ...found, place } },
          feedback,
          practised,
          progress: 'idle',
        });
      } catch (error) {
        await page.show(Promise.reject(error));
      }
    },
  };
}
