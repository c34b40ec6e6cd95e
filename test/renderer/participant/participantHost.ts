/** A host for one participant on three pages (consent, a scenario with two queries, end) that keeps the store's rules on order and repetition. */
import type { JourneyOptions } from '../../../renderer/participant/journey.ts';
import type { ProcedureName } from '../../../shared/api.ts';
import { type SubmittedResponse, submittedResponseSchema } from '../../../shared/response.ts';
import { type Screen, screenSchema } from '../../../shared/screen.ts';

type Call = JourneyOptions['call'];
type LooseCall = (name: ProcedureName, input: unknown) => Promise<unknown>;

export type ParticipantHost = {
  readonly stored: readonly SubmittedResponse[];
  readonly call: Call;
  /** The same host over a line that loses the numbered requests before or after the host has seen them (from 1). */
  losing(lost: { readonly beforeHost: readonly number[]; readonly afterHost: readonly number[] }): Call;
  /** The same host over a line that ends for good after so many calls. */
  cutOff(after: number): Call;
};

const query = (id: string) => ({
  id,
  text: 'How strong?',
  widget: { kind: 'slider-number' },
  asksConfidence: false,
  requirement: 'answer',
  missingCodes: [],
  keyboardStart: 12,
});
const SCREENS: readonly Screen[] = [
  { kind: 'consent', trialIndex: 0, title: 'Consent', body: 'Agree?', version: '1', boxes: [] },
  {
    kind: 'questions',
    trialIndex: 1,
    phase: 'main',
    title: null,
    body: null,
    scenarioId: 'toy-1',
    scenario: { id: 'toy-1', background: 'Ann and Ben play chess.', conditions: [], stimuli: [] },
    queries: [query('q1'), query('q2')],
    minSeconds: 0,
    maxSeconds: null,
    attempt: null,
    givesFeedback: false,
    isReadOnly: false,
  },
].map((screen) => screenSchema.parse(screen));
const END: Screen = {
  kind: 'end',
  outcome: 'completed',
  title: 'End',
  body: 'Thanks.',
  completionCode: null,
  redirect: null,
  withdrawalCode: null,
};

/** Texts kept in memory, in the place of the browser's. */
export function texts() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
  };
}

/** A host whose participant has not begun. */
export function createParticipantHost(): ParticipantHost {
  const stored: SubmittedResponse[] = [];
  let index = 0;
  const answer: LooseCall = async (name, input) => {
    if (name === 'participant.screen')
      return {
        screen: SCREENS[index] ?? END,
        index,
        total: SCREENS.length,
        nextClientSeq: stored.length,
        participantId: 'p1',
        study: { title: 'Toy', stage: 'pilot', hash: '', locales: ['en'] },
        locale: 'en',
      };
    if (name === 'participant.submit') {
      const response = submittedResponseSchema.parse(input);
      if (response.clientSeq > stored.length) throw new Error(`out of turn: ${response.clientSeq}`);
      if (response.clientSeq === stored.length) stored.push(response);
      return { clientSeq: response.clientSeq, serverSeq: response.clientSeq };
    }
    const { trialIndex } = input as { trialIndex: number };
    if (trialIndex === 1 && stored.length < 2) throw new Error('answers are missing');
    if (trialIndex === index) index++;
    return { index };
  };
  const call = answer as Call;
  return {
    stored,
    call,
    losing({ beforeHost, afterHost }) {
      let count = 0;
      const lossy: LooseCall = async (name, input) => {
        count++;
        const isLostAfter = afterHost.includes(count);
        if (beforeHost.includes(count)) throw new TypeError('Failed to fetch');
        const result = await answer(name, input);
        if (isLostAfter) throw new TypeError('Failed to fetch');
        return result;
      };
      return lossy as Call;
    },
    cutOff(after) {
      let count = 0;
      const cut: LooseCall = async (name, input) => {
        if (++count > after) throw new Error('cut off');
        return answer(name, input);
      };
      return cut as Call;
    },
  };
}
