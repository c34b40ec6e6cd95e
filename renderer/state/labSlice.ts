/** The lab: the local network that stations reach, the stations, and who sits at them. */
import type { StateCreator } from 'zustand';
import type { LanStatus, StationKey } from '../../shared/lan.ts';
import { call } from '../api.ts';
import { failed, LOADING, type Loadable, settle } from './loadable.ts';
import type { ResearcherState } from './store.ts';

export type LabSlice = {
  readonly lan: Loadable<LanStatus>;
  /** What opens the station that was added or renewed last; shown once. */
  readonly stationKey: StationKey | null;
  /** Why the last act was refused; null when it was not. */
  readonly labProblem: string | null;
  loadLan(): Promise<void>;
  addToSession(sessionId: string, label: string): Promise<void>;
  openLan(address: string): Promise<void>;
  closeLan(): Promise<void>;
  addStation(label: string): Promise<void>;
  renewStation(stationId: string): Promise<void>;
  removeStation(stationId: string): Promise<void>;
  /** Seats a participant at a station, or clears it. */
  seatStation(stationId: string, participantId: string | null): Promise<void>;
};

export const createLabSlice: StateCreator<ResearcherState, [], [], LabSlice> = (set, get) => {
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
    lan: LOADING,
    stationKey: null,
    labProblem: null,
    async loadLan() {
      set({ lan: await settle(call('lan.status', {})) });
    },
    addToSession: (sessionId, label) =>
      attempt(async () => {
        await call('sessions.addParticipant', { sessionId, label });
        await get().watch(sessionId);
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
