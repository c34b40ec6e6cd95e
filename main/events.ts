/** Events from the host to whoever listens: windows, browser tabs, the console. */
import type { z } from 'zod';
import type { EVENTS, EventName } from '../shared/api.ts';

export type EventPayload<N extends EventName> = z.infer<(typeof EVENTS)[N]['payload']>;
type Listener<N extends EventName> = (payload: EventPayload<N>) => void;

export type EventSource = {
  /** Calls `listener` at each event of that name until the returned function is called. */
  subscribe<N extends EventName>(name: N, listener: Listener<N>): () => void;
};
export type Events = EventSource & { emit<N extends EventName>(name: N, payload: EventPayload<N>): void };

/** An event source without listeners. A listener that throws does not keep the others from hearing. */
export function createEvents(onFault: (error: unknown) => void): Events {
  const listeners: { readonly [N in EventName]: Set<Listener<N>> } = {
    'jobs.progress': new Set(),
    'studies.changed': new Set(),
    'stations.changed': new Set(),
    'library.changed': new Set(),
    'drafts.changed': new Set(),
    'jobs.changed': new Set(),
    'programs.sketch': new Set(),
  };
  return {
    subscribe: (name, listener) => {
      listeners[name].add(listener);
      return () => void listeners[name].delete(listener);
    },
    emit: (name, payload) => {
      for (const listener of [...listeners[name]])
        try {
          listener(payload);
        } catch (error) {
          onFault(error);
        }
    },
  };
}
