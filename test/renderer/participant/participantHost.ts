/** A host for one participant on three pages (consent, a scenario with two queries, end) that keeps the store's rules on order and repetition. */
import type { JourneyOptions } from '../../../renderer/participant/journey.ts';
import type { ProcedureName, Screen } from '../../../shared/api.ts';
import { type SubmittedResponse, submittedResponseSchema } from '../../../shared/response.ts';
import { scenarioSchema } from '../../../shared/scenario.ts';

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

const scenario = scenarioSchema.parse({
  id: 'toy-1',
  domain: 'sports',
  subdomain: 'chess',
  style: 'structured',
  background: 'Ann and Ben play chess.',
  conditions: [],
  queries: ['q1', 'q2'].map((id) => ({ id, text: 'How strong?', kind: 'rank', target: {} })),
  source: 'human',
});
const SCREENS: readonly Screen[] = [
  { kind: 'text', trialIndex: 0, node: { kind: 'consent', id: 'c', title: 'Consent', body: 'Agree?', version: '1' } },
  { kind: 'scenario', trialIndex: 1, scenario },
  { kind: 'text', trialIndex: 2, node: { kind: 'end', id: 'e', title: 'End', body: 'Thanks.' } },
];

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
        screen: SCREENS[index] ?? null,
        index,
        total: SCREENS.length,
        nextClientSeq: stored.length,
        participantId: 'p1',
        study: { title: 'Toy', stage: 'pilot', scales: [] },
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
