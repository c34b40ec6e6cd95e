/** One session as its page shows it: setting it up, who sits in it, the quality of their answers, closing and withdrawal. */
import type { StateCreator } from 'zustand';
import type { ProcedureOutput } from '../../shared/api.ts';
import type { QualityRow } from '../../shared/quality.ts';
import { call } from '../api.ts';
import { failed, LOADING, type Loadable, settle } from './loadable.ts';
import type { SeatStage } from './seatsSlice.ts';
import type { ResearcherState } from './store.ts';

/** A session to open, with the people to add to it and the seat of each. */
export type SessionPlan = {
  readonly versionId: string;
  readonly stage: SeatStage;
  readonly seed: number;
  readonly people: readonly { readonly label: string; readonly seat?: string }[];
  /** Whether whoever has checked in waits until the gate is opened on the monitor. */
  readonly isGateShut: boolean;
};
export type SessionPeople = ProcedureOutput<'sessions.participants'>;

export type SessionsSlice = {
  readonly people: Loadable<SessionPeople>;
  readonly quality: Loadable<readonly QualityRow[]>;
  /** Where participants that were seated here answer, by id; null where they got a window. */
  readonly seatAddresses: Readonly<Record<string, string | null>>;
  /** Why the last act was refused; null when it was not. */
  readonly sessionProblem: string | null;
  /** Opens a session and goes to its page. */
  setUpSession(plan: SessionPlan): Promise<void>;
  loadSession(sessionId: string): Promise<void>;
  openSeat(participantId: string): Promise<void>;
  exclude(participantId: string, reason: string): Promise<void>;
  include(participantId: string): Promise<void>;
  closeSession(sessionId: string): Promise<void>;
  /** Erases the data that a withdrawal code stands for; gives whether it was taken. */
  withdraw(code: string): Promise<boolean>;
};

async function open({ versionId, stage, seed, people, isGateShut }: SessionPlan): Promise<string> {
  const { sessionId } = await call('sessions.open', { versionId, stage, seed });
  if (isGateShut) await call('sessions.gate', { sessionId, isOpen: false });
  for (const person of people) await call('sessions.addParticipant', { sessionId, ...person });
  return sessionId;
}

export const createSessionsSlice: StateCreator<ResearcherState, [], [], SessionsSlice> = (set, get) => {
  /** Does `work` and gives whether it was done; what is refused is said. */
  const attempt = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      set({ sessionProblem: null });
      return true;
    } catch (error) {
      const state = failed(error);
      if (state.status === 'failed') set({ sessionProblem: `${state.message} ${state.hint ?? ''}`.trim() });
      return false;
    }
  };
  const shownId = (): string => get().route.item ?? '';
  const showRows = (rows: QualityRow[]): void => set({ quality: { status: 'ready', value: rows } });
  return {
    people: LOADING,
    quality: LOADING,
    seatAddresses: {},
    sessionProblem: null,
    async setUpSession(plan) {
      await attempt(async () => get().go('sessions', await open(plan)));
    },
    async loadSession(sessionId) {
      const [people, quality] = await Promise.all([
        settle(call('sessions.participants', { sessionId })),
        settle(call('sessions.quality', { sessionId })),
      ]);
      // Another session may have been chosen meanwhile.
      if (get().route.item === sessionId) set({ people, quality });
    },
    async openSeat(participantId) {
      await attempt(async () => {
        const { address } = await call('stations.open', { participantId });
        set({ seatAddresses: { ...get().seatAddresses, [participantId]: address } });
      });
    },
    async exclude(participantId, reason) {
      await attempt(async () =>
        showRows(await call('sessions.exclude', { sessionId: shownId(), participantId, reason })),
      );
    },
    async include(participantId) {
      await attempt(async () => showRows(await call('sessions.include', { sessionId: shownId(), participantId })));
    },
    async closeSession(sessionId) {
      await attempt(async () => void (await call('sessions.close', { sessionId })));
      await get().loadOpenSessions();
    },
    withdraw: (code) =>
      attempt(async () => {
        await call('participants.withdraw', { code });
        await get().loadSession(shownId());
      }),
  };
};
