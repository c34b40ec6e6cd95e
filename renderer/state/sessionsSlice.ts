/** Sessions and the lab: who takes part and how far they are, without what they answered; stations on the local network. */
import type { StateCreator } from 'zustand';
import type { ProcedureInput, ProcedureOutput, SessionSummary } from '../../shared/api.ts';
import type { LanStatus, StationKey } from '../../shared/lan.ts';
import { call } from '../api.ts';
import { failed, LOADING, type Loadable, settle } from './loadable.ts';
import type { ResearcherState } from './store.ts';

export type Monitor = ProcedureOutput<'sessions.monitor'>;
export type Control = ProcedureInput<'sessions.control'>;

export type SessionsSlice = {
  readonly sessions: Loadable<readonly SessionSummary[]>;
  readonly monitor: Loadable<Monitor>;
  readonly lan: Loadable<LanStatus>;
  /** What opens the station that was added or renewed last; shown once. */
  readonly stationKey: StationKey | null;
  /** Why the last act was refused; null when it was not. */
  readonly labProblem: string | null;
  loadSessions(): Promise<void>;
  loadMonitor(sessionId: string): Promise<void>;
  loadLan(): Promise<void>;
  setGate(sessionId: string, isOpen: boolean): Promise<void>;
  control(sessionId: string, control: Control): Promise<void>;
  closeSession(sessionId: string): Promise<void>;
  addToSession(sessionId: string, label: string): Promise<void>;
  openLan(address: string): Promise<void>;
  closeLan(): Promise<void>;
  addStation(label: string): Promise<void>;
  renewStation(stationId: string): Promise<void>;
  removeStation(stationId: string): Promise<void>;
  /** Seats a participant at a station, or clears it. */
  seatStation(stationId: string, participantId: string | null): Promise<void>;
};

export const createSessionsSlice: StateCreator<ResearcherState, [], [], SessionsSlice> = (set, get) => {
  /** Does `work`; what is refused is said, and nothing else changes. */
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      set({ labProblem: null });
    } catch (error) {
      const state = failed(error);
      if (state.status === 'failed') set({ labProblem: `${state.message} ${state.hint ?? ''}`.trim() });
    }
  };
  const showLan = (value: LanStatus): void => set({ lan: { status: 'ready', value } });
  const showKey = async (key: Promise<StationKey>): Promise<void> => {
    set({ stationKey: await key });
    await get().loadLan();
  };
  return {
    sessions: LOADING,
    monitor: LOADING,
    lan: LOADING,
    stationKey: null,
    labProblem: null,
    async loadSessions() {
      set({ sessions: await settle(call('sessions.list', {})) });
    },
    async loadMonitor(sessionId) {
      const monitor = await settle(call('sessions.monitor', { sessionId }));
      if (get().route.item === sessionId) set({ monitor });
    },
    async loadLan() {
      set({ lan: await settle(call('lan.status', {})) });
    },
    setGate: (sessionId, isOpen) =>
      attempt(async () => {
        await call('sessions.gate', { sessionId, isOpen });
        await get().loadMonitor(sessionId);
      }),
    control: (sessionId, control) =>
      attempt(async () => {
        await call('sessions.control', control);
        await get().loadMonitor(sessionId);
      }),
    closeSession: (sessionId) =>
      attempt(async () => {
        await call('sessions.close', { sessionId });
        await get().loadSessions();
      }),
    addToSession: (sessionId, label) =>
      attempt(async () => {
        await call('sessions.addParticipant', { sessionId, label });
        await get().loadMonitor(sessionId);
      }),
    openLan: (address) =>
      attempt(async () => showLan(await call('lan.open', { address, port: 0, network: 'isolated' }))),
    closeLan: () => attempt(async () => showLan(await call('lan.close', {}))),
    addStation: (label) => attempt(() => showKey(call('stations.add', { label }))),
    renewStation: (stationId) => attempt(() => showKey(call('stations.renew', { stationId }))),
    removeStation: (stationId) => attempt(async () => showLan(await call('stations.remove', { stationId }))),
    seatStation: (stationId, participantId) =>
      attempt(async () =>
        showLan(
          participantId === null
            ? await call('stations.clear', { stationId })
            : await call('stations.seat', { stationId, participantId }),
        ),
      ),
  };
};
