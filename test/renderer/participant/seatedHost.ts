/** A real host with one participant of the tour study, and lines to it that lose requests or are dead. */
import { join } from 'node:path';
import { createHost, type Host } from '../../../main/host.ts';
import type { ParticipantCall } from '../../../renderer/participant/procedures.ts';
import type { Handlers } from '../../../shared/api.ts';
import type { StoredResponse } from '../../../shared/response.ts';
import { scratchFolder } from '../../scratch.ts';
import { tourStudy } from './tourStudy.ts';

type LooseCall = (name: keyof Handlers, input: unknown) => Promise<unknown>;

export type SeatedHost = {
  readonly call: ParticipantCall;
  /** What is stored, in the store's order. */
  stored(): StoredResponse[];
  /** The same host over a line that loses the numbered requests before or after the host has seen them (from 1). */
  losing(lost: { readonly beforeHost: readonly number[]; readonly afterHost: readonly number[] }): ParticipantCall;
  /** The same host over a line that is cut for good: the next call still reaches the host or does not, and no answer comes. */
  cutOff(isCallSeen: boolean): ParticipantCall;
};

export type Lab = { seat(): Promise<SeatedHost>; close(): Promise<void> };

/** Texts kept in memory, in the place of the browser's. */
export function texts() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  };
}

async function seat(host: Host, versionId: string): Promise<SeatedHost> {
  const researcher = { role: 'researcher' } as const;
  const { handlers } = host;
  const { sessionId } = await handlers['sessions.open']({ versionId, stage: 'pilot', seed: 4 }, researcher);
  const { participantId } = await handlers['sessions.addParticipant']({ sessionId, label: 'P1' }, researcher);
  // The names and inputs are checked where the journey makes the call.
  const answer: LooseCall = async (name, input) =>
    (handlers[name] as (input: unknown, caller: unknown) => unknown)(input, { role: 'participant', participantId });
  const counted = (pass: (count: number, call: () => Promise<unknown>) => Promise<unknown>): ParticipantCall => {
    let count = 0;
    const loose: LooseCall = (name, input) => pass(++count, () => answer(name, input));
    return loose as ParticipantCall;
  };
  return {
    call: counted((_, call) => call()),
    stored: () => [...host.readResponses(sessionId)],
    losing: ({ beforeHost, afterHost }) =>
      counted(async (count, call) => {
        if (beforeHost.includes(count)) throw new TypeError('the host did not answer');
        const result = await call();
        if (afterHost.includes(count)) throw new TypeError('the host did not answer');
        return result;
      }),
    cutOff: (isCallSeen) =>
      counted(async (count, call) => {
        if (isCallSeen && count === 1) await call();
        throw new RangeError('cut off');
      }),
  };
}

/** A host with the tour study; each seat is a participant in a session of their own. */
export async function openLab(): Promise<Lab> {
  const host = await createHost({ workspace: join(scratchFolder(), 'lab'), mode: 'headless' });
  const versionId = host.importStudy(tourStudy());
  return { seat: () => seat(host, versionId), close: host.close };
}
