/** The way through the screens over a real host: whatever is lost on the way, each answer is stored once and in order, and no screen is left before. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { responsesOf } from '../../../renderer/participant/answers.ts';
import { type Drafts, moved } from '../../../renderer/participant/draft.ts';
import {
  type CurrentScreen,
  createJourney,
  type Journey,
  trialIndexOf,
} from '../../../renderer/participant/journey.ts';
import type { Step } from '../../../renderer/participant/outbox.ts';
import type { ParticipantCall } from '../../../renderer/participant/procedures.ts';
import type { ShownQuery } from '../../../shared/widget.ts';
import { type Lab, openLab, type SeatedHost, texts } from './seatedHost.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.close());

type Storage = ReturnType<typeof texts>;

/** A page as it is after each loading: its own journey over the same host and the same kept texts. */
const visit = (call: ParticipantCall, storage: Storage): Journey =>
  createJourney({ call, storage, retry: { onWait: () => undefined, wait: async () => undefined } });

/** An answer to any query of the tour, the right one where there is a right one. */
function answerTo({ id, widget }: ShownQuery, i: number) {
  switch (widget.kind) {
    case 'multi-click':
      return { marks: Array.from({ length: 5 }, (_, k) => ({ rating: 10 * k + i, placedMs: k })) };
    case 'roulette':
      return { chips: [20, 0, 0, 0, 0, 0, 0, 0, 0, 0] };
    case 'number':
      return { number: 30, typed: '30' };
    case 'choice':
      return { choice: [id === 'sport' ? 'rowing' : 'no'] };
    case 'text':
      return { text: 'because' };
    default:
      return { rating: 20 + i };
  }
}

const draftsFor = (queries: readonly ShownQuery[]): Drafts =>
  Object.fromEntries(
    queries.map((query, i) => [
      query.id,
      moved(undefined, { change: answerTo(query, i), inputMode: 'mouse', value: 1 }, 5),
    ]),
  );

const timing = { onsetMs: 0, commitMs: 900, awayMs: 0, hiddenMs: 0, endedOn: 'response', inputMode: 'mouse' } as const;

/** The step that leaves a screen as a willing participant would. */
function stepFrom({ place }: CurrentScreen, drafts: Drafts): Step {
  const { screen } = place;
  const trialIndex = trialIndexOf(place) ?? 0;
  switch (screen?.kind) {
    case 'check-in':
      return { name: 'participant.checkIn', input: { locale: 'en', label: 'P1' } };
    case 'consent':
      return {
        name: 'participant.consent',
        input: { trialIndex, isGranted: true, boxes: { read: true }, dwellMs: 10, wasReadToEnd: true },
      };
    case 'data-choice':
      return { name: 'participant.dataChoice', input: { trialIndex, choice: 'use' } };
    case 'questions': {
      const responses = responsesOf(screen, drafts, { firstClientSeq: place.nextClientSeq, timing });
      return { name: 'participant.advance', input: { trialIndex, responses } };
    }
    default:
      return { name: 'participant.advance', input: { trialIndex } };
  }
}

async function leave(journey: Journey, found: CurrentScreen): Promise<CurrentScreen> {
  const { screen } = found.place;
  const drafts = screen?.kind === 'questions' ? draftsFor(screen.queries) : {};
  return journey.take({ ...found, drafts }, stepFrom(found, drafts));
}

/** Goes on until a screen asks something of this phase. */
async function reach(journey: Journey, phase: string): Promise<CurrentScreen> {
  let found = await journey.arrive();
  while (!(found.place.screen?.kind === 'questions' && found.place.screen.phase === phase))
    found = await leave(journey, found);
  return found;
}

async function finish(journey: Journey, from: CurrentScreen): Promise<CurrentScreen> {
  let found = from;
  for (let steps = 0; found.place.screen?.kind !== 'end'; steps++) {
    if (steps > 40) throw new Error(`still at ${JSON.stringify(found.place.screen)}`);
    found = await leave(journey, found);
  }
  return found;
}

const seqsOf = (host: SeatedHost): number[] => host.stored().map(({ clientSeq }) => clientSeq);

describe('take', () => {
  it('goes from check-in to the end, storing one response per query and giving the code', async () => {
    const host = await lab.seat();
    const journey = visit(host.call, texts());
    const end = await finish(journey, await journey.arrive());
    expect(end.place.screen).toMatchObject({ kind: 'end', outcome: 'completed', completionCode: 'REGATTA-7' });
    expect(seqsOf(host)).toEqual(seqsOf(host).map((_, i) => i));
    expect(host.stored().length).toBeGreaterThanOrEqual(15);
    expect(host.stored().every(({ revision, isLatest }) => revision === 0 && isLatest)).toBe(true);
  });

  it('needs one answer of the host for each next screen', async () => {
    const host = await lab.seat();
    const calls: string[] = [];
    const counting: ParticipantCall = (name, input) => {
      calls.push(name);
      return host.call(name, input);
    };
    const journey = visit(counting, texts());
    const first = await journey.arrive();
    calls.length = 0;
    let [found, steps] = [first, 0];
    for (; found.place.screen?.kind !== 'end'; steps++) found = await leave(journey, found);
    expect(calls).toHaveLength(steps);
    expect(found.place).toEqual((await journey.current()).place);
  });

  it('stores each answer once when requests and acknowledgements are lost', async () => {
    const host = await lab.seat();
    const storage = texts();
    const found = await reach(visit(host.call, storage), 'main');
    const before = host.stored().length;
    const lossy = visit(host.losing({ beforeHost: [1], afterHost: [2, 3] }), storage);
    const next = await leave(lossy, found);
    expect(host.stored().length).toBe(before + 5);
    expect(next.place.index).toBe(found.place.index + 1);
    expect(next.drafts).toEqual({});
  });

  it('keeps what the host refuses, and leaves the answers on the screen', async () => {
    const host = await lab.seat();
    const storage = texts();
    const journey = visit(host.call, storage);
    const found = await reach(journey, 'main');
    if (found.place.screen?.kind !== 'questions') throw new Error('no questions');
    const drafts = draftsFor(found.place.screen.queries);
    const step = stepFrom(found, drafts);
    if (step.name !== 'participant.advance') throw new Error('no advance');
    const short: Step = { ...step, input: { ...step.input, responses: step.input.responses?.slice(1) } };
    const refused = await journey.take({ ...found, drafts }, short);
    expect(refused).toMatchObject({ isRefused: true, drafts: JSON.parse(JSON.stringify(drafts)) });
    expect(storage.getItem(`credence-refused-${found.place.participantId}`)).toContain('participant.advance');
    const next = await leave(journey, refused);
    expect(next.place.index).toBe(found.place.index + 1);
  });
});

describe('arrive', () => {
  it('gives back the answers that were being made on this screen, and how long it was shown', async () => {
    const host = await lab.seat();
    const storage = texts();
    const journey = visit(host.call, storage);
    const { place } = await reach(journey, 'main');
    if (place.screen?.kind !== 'questions') throw new Error('no questions');
    const drafts = draftsFor(place.screen.queries.slice(0, 2));
    const times = { onsetMs: 10, elapsedMs: 4000, awayMs: 3, hiddenMs: 0 };
    journey.keep(place, drafts, times);
    const again = await visit(host.call, storage).arrive();
    expect(again.drafts).toEqual(JSON.parse(JSON.stringify(drafts)));
    expect(again.times).toEqual(times);
  });

  it('takes the step that a visit was cut off from, once, then goes on', async () => {
    for (const isSeen of [false, true]) {
      const host = await lab.seat();
      const storage = texts();
      const found = await reach(visit(host.call, storage), 'main');
      const before = host.stored().length;
      await expect(leave(visit(host.cutOff(isSeen), storage), found)).rejects.toThrow('cut off');
      const resumed = await visit(host.call, storage).arrive();
      expect(host.stored().length, `step seen by the host: ${isSeen}`).toBe(before + 5);
      expect(resumed.place.index).toBe(found.place.index + 1);
      expect((await visit(host.call, storage).arrive()).place.index).toBe(found.place.index + 1);
    }
  });

  it('finds the stored answers on the way back, and keeps a change as a revision', async () => {
    const host = await lab.seat();
    const journey = visit(host.call, texts());
    let found = await reach(journey, 'main');
    while (!found.place.canGoBack) found = await leave(journey, found);
    const trialIndex = trialIndexOf(found.place);
    if (trialIndex === null) throw new Error('no trial');
    await host.call('participant.back', { trialIndex });
    const back = await journey.current();
    if (back.place.screen?.kind !== 'questions') throw new Error('no questions');
    const [query] = back.place.screen.queries;
    expect(back.drafts[query.id].answer.rating).toBe(20);
    const drafts = {
      [query.id]: moved(back.drafts[query.id], { change: { rating: 77 }, inputMode: 'pen', value: 77 }, 9),
    };
    await journey.take({ ...back, drafts }, stepFrom(back, drafts));
    const revised = host.stored().filter(({ trialIndex: at }) => at === trialIndexOf(back.place));
    expect(revised.map(({ rating, revision, isLatest }) => [rating, revision, isLatest])).toEqual([
      [20, 0, false],
      [77, 1, true],
    ]);
  });
});

describe('practise', () => {
  it('says what practice has to say of answers that are stored', async () => {
    const host = await lab.seat();
    const journey = visit(host.call, texts());
    const found = await reach(journey, 'practice');
    if (found.place.screen?.kind !== 'questions') throw new Error('no questions');
    const responses = responsesOf(found.place.screen, draftsFor(found.place.screen.queries), {
      firstClientSeq: found.place.nextClientSeq,
      timing,
    });
    expect(await journey.practise(found.place, responses)).toEqual([
      expect.objectContaining({ queryId: 'q1', verdict: 'below' }),
    ]);
  });
});
