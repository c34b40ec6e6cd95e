/** The event feed: pages get what happened since they asked, once, the last of each thing, and wait where nothing did. */
import { afterEach, expect, it, vi } from 'vitest';
import { createEvents } from '../../../main/events.ts';
import { createEventFeed } from '../../../main/ipc/eventFeed.ts';

afterEach(() => vi.useRealTimers());

function setUp() {
  const events = createEvents((error) => {
    throw error;
  });
  const feed = createEventFeed(events);
  const progress = (jobId: string, done: number): void =>
    events.emit('jobs.progress', { jobId, progress: { stage: 'work', done, unit: 'steps' } });
  return { events, feed, progress };
}

it('tells a page that starts the last number and nothing that happened before', async () => {
  const { events, feed } = setUp();
  expect(await feed.next(-1)).toEqual({ last: 0, events: [] });
  events.emit('studies.changed', {});
  expect(await feed.next(-1)).toEqual({ last: 1, events: [] });
});

it('keeps the last event of each thing only, however many came', async () => {
  const { events, feed, progress } = setUp();
  events.emit('studies.changed', {});
  for (let done = 1; done <= 10_000; done++) progress('a', done);
  progress('b', 7);
  const { last, events: received } = await feed.next(1);
  expect(last).toBe(10_002);
  expect(received).toMatchObject([
    { payload: { jobId: 'a', progress: { done: 10_000 } } },
    { payload: { jobId: 'b', progress: { done: 7 } } },
  ]);
  expect(await feed.next(10_001)).toMatchObject({ last: 10_002, events: [{ payload: { jobId: 'b' } }] });
});

it('answers all who wait when something happens', async () => {
  const { events, feed } = setUp();
  events.emit('studies.changed', {});
  const pages = [feed.next(1), feed.next(1)];
  events.emit('studies.changed', {});
  for (const page of pages) expect(await page).toEqual({ last: 2, events: [{ name: 'studies.changed', payload: {} }] });
});

it('answers without an event after a while, and at once when it closes', async () => {
  vi.useFakeTimers();
  const { events, feed } = setUp();
  events.emit('studies.changed', {});
  const patient = feed.next(1);
  await vi.advanceTimersByTimeAsync(25_000);
  expect(await patient).toEqual({ last: 1, events: [] });
  const closing = feed.next(1);
  feed.close();
  expect(await closing).toEqual({ last: 1, events: [] });
});

it('remembers a bounded number of things', async () => {
  const { events, feed, progress } = setUp();
  events.emit('studies.changed', {});
  for (let job = 0; job < 2000; job++) progress(`job-${job}`, 1);
  const { events: received } = await feed.next(1);
  expect(received).toHaveLength(500);
  expect(received.at(-1)).toMatchObject({ payload: { jobId: 'job-1999' } });
});

it('tells everything it remembers to a page that counts from before a restart', async () => {
  const { events, feed } = setUp();
  events.emit('studies.changed', {});
  expect(await feed.next(40)).toEqual({ last: 1, events: [{ name: 'studies.changed', payload: {} }] });
});
