/** The live monitor: the session that is watched, asked for anew every two seconds, and what the researcher does to it. */
import type { StateCreator } from 'zustand';
import type { ProcedureInput, ProcedureOutput, SessionSummary } from '../../shared/api.ts';
import { call } from '../api.ts';
import { LOADING, type Loadable, settle } from './loadable.ts';
import type { ResearcherState } from './store.ts';

export type MonitorView = ProcedureOutput<'sessions.monitor'>;
export type Control = Omit<ProcedureInput<'sessions.control'>, 'participantId'>;

export type MonitorSlice = {
  readonly openSessions: Loadable<readonly SessionSummary[]>;
  /** What is watched, or null before a session is chosen. */
  readonly watched: { readonly sessionId: string; readonly view: Loadable<MonitorView> } | null;
  /** Why the last thing done was refused. */
  readonly monitorProblem: string | null;
  loadOpenSessions(): Promise<void>;
  watch(sessionId: string): Promise<void>;
  setGate(isOpen: boolean): Promise<void>;
  control(participantId: string, control: Control): Promise<void>;
};

export const createMonitorSlice: StateCreator<ResearcherState, [], [], MonitorSlice> = (set, get) => {
  /** Does something to the watched session, then shows it as it is now. */
  const act = async (doing: Promise<unknown>): Promise<void> => {
    const done = await settle(doing);
    set({ monitorProblem: done.status === 'failed' ? done.message : null });
    const { watched } = get();
    if (watched) await get().watch(watched.sessionId);
  };
  return {
    openSessions: LOADING,
    watched: null,
    monitorProblem: null,
    async loadOpenSessions() {
      const openSessions = await settle(call('sessions.list', {}));
      set({ openSessions });
    },
    async watch(sessionId) {
      const before = get().watched;
      if (before?.sessionId !== sessionId) set({ watched: { sessionId, view: LOADING }, monitorProblem: null });
      const view = await settle(call('sessions.monitor', { sessionId }));
      // Another session may have been chosen meanwhile.
      if (get().watched?.sessionId === sessionId) set({ watched: { sessionId, view } });
    },
    async setGate(isOpen) {
      const { watched } = get();
      if (watched) await act(call('sessions.gate', { sessionId: watched.sessionId, isOpen }));
    },
    control: (participantId, control) => act(call('sessions.control', { participantId, ...control })),
  };
};
