/** The way through the pages: whatever is lost on the way, each answer is stored once and in order, and no page is left before. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Drafts } from '../../../renderer/participant/answers.ts';
import { createJourney, type JourneyOptions } from '../../../renderer/participant/journey.ts';
import { createParticipantHost, type ParticipantHost, texts } from './participantHost.ts';

const drafts: Drafts = Object.fromEntries(
  ['q1', 'q2'].map((id, i) => [
    id,
    { rating: 10 * (i + 1), inputMode: 'mouse', firstInputMs: 1, lastInputMs: 2, adjustments: 0 },
  ]),
);
let host: ParticipantHost;
let storage: ReturnType<typeof texts>;

/** A page as it is after each loading: its own journey over the same host and the same kept texts. */
const visit = (call: JourneyOptions['call'] = host.call) =>
  createJourney({ call, storage, retry: { onWait: () => undefined, wait: async () => undefined } });

beforeEach(() => {
  host = createParticipantHost();
  storage = texts();
});

/** Goes past the consent and gives the first scenario's page. */
async function reachScenario() {
  const journey = visit();
  return { journey, page: await journey.leave(await journey.current(), 5) };
}

describe('leave', () => {
  it('stores every answer of the page, in the order of its queries, before it goes on', async () => {
    const { journey, page } = await reachScenario();
    const next = await journey.leave({ ...page, drafts }, 900);
    expect(host.stored.map(({ clientSeq, queryId, rating }) => [clientSeq, queryId, rating])).toEqual([
      [0, 'q1', 10],
      [1, 'q2', 20],
    ]);
    expect(next.place.index).toBe(2);
    expect(next.drafts).toEqual({});
  });

  it('stores each answer once when requests and acknowledgements are lost', async () => {
    const { page } = await reachScenario();
    const lossy = visit(host.losing({ beforeHost: [1, 2, 5], afterHost: [3, 7] }));
    const next = await lossy.leave({ ...page, drafts }, 900);
    expect(host.stored.map(({ clientSeq }) => clientSeq)).toEqual([0, 1]);
    expect(next.place.index).toBe(2);
  });
});

describe('current', () => {
  it('gives back the answers that were being made on this page', async () => {
    const { journey, page } = await reachScenario();
    journey.keep(page.place, { q1: drafts.q1 });
    expect((await visit().current()).drafts).toEqual({ q1: drafts.q1 });
  });

  it('sends what a visit that was cut off had kept, then goes on', async () => {
    for (const cutAfter of [0, 1, 2, 3]) {
      host = createParticipantHost();
      storage = texts();
      const { page } = await reachScenario();
      const cut = visit(host.cutOff(cutAfter));
      await expect(cut.leave({ ...page, drafts }, 900)).rejects.toThrow('cut off');
      const resumed = await visit().current();
      expect(
        host.stored.map(({ clientSeq }) => clientSeq),
        `cut after ${cutAfter} calls`,
      ).toEqual([0, 1]);
      expect(resumed.place.index).toBe(2);
    }
  });

  it('stays on the last page however often it is loaded', async () => {
    const { journey, page } = await reachScenario();
    const end = await journey.leave({ ...page, drafts }, 900);
    expect(end.place.screen).toMatchObject({ kind: 'end', outcome: 'completed' });
    expect((await visit().current()).place.screen).toEqual(end.place.screen);
  });
});
