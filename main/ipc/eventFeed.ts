/** The event feed: pages ask for what happened since they last asked. Of events on the same thing only the last is kept, so nothing piles up for a slow page. */
import { EVENTS, type EventName, type HostEvent, hostEventSchema } from '../../shared/api.ts';
import type { EventSource } from '../events.ts';

/** How long a page waits for an event before it is answered without one. */
const LONGEST_WAIT_MS = 25_000;
/** Things whose last event is remembered; the oldest is forgotten first. */
const MAX_THINGS = 500;

export type EventFeed = {
  /** Events after number `after`, and the number of the last; waits for one where there is none yet. */
  next(after: number): Promise<{ last: number; events: HostEvent[] }>;
  /** Stops listening and answers everybody who waits. */
  close(): void;
};

type Kept = { readonly seq: number; readonly event: HostEvent };

/** What an event is about: a job's progress is about that job, a sketch about its run. */
function thingOf(event: HostEvent): string {
  if (event.name === 'jobs.progress') return `${event.name} ${event.payload.jobId}`;
  return event.name === 'programs.sketch' ? `${event.name} ${event.payload.runId}` : event.name;
}

const isEventName = (name: string): name is EventName => Object.hasOwn(EVENTS, name);

/** A feed of all events of `source`, numbered from 1. */
export function createEventFeed(source: EventSource): EventFeed {
  const kept = new Map<string, Kept>();
  let waiting: (() => void)[] = [];
  let last = 0;

  const wake = (): void => {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  };
  const unsubscribe = Object.keys(EVENTS)
    .filter(isEventName)
    .map((name) =>
      source.subscribe(name, (payload) => {
        const event = hostEventSchema.parse({ name, payload });
        const thing = thingOf(event);
        // Deleted first, so that the map stays in the order of the numbers.
        kept.delete(thing);
        kept.set(thing, { seq: ++last, event });
        const oldest = kept.size > MAX_THINGS ? kept.keys().next().value : undefined;
        if (oldest !== undefined) kept.delete(oldest);
        wake();
      }),
    );
  const waitForEvent = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, LONGEST_WAIT_MS);
      timer.unref();
      waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });

  return {
    async next(after) {
      // A page that starts learns the last number at once; what happened before, it has just loaded.
      if (after < 0) return { last, events: [] };
      if (after === last) await waitForEvent();
      // A number from before a restart says nothing of this run: everything is news to that page.
      const from = after > last ? 0 : after;
      return { last, events: [...kept.values()].filter(({ seq }) => seq > from).map(({ event }) => event) };
    },
    close() {
      for (const stop of unsubscribe) stop();
      wake();
    },
  };
}
