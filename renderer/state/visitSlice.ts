/** The visit: signing in, and what the application says of itself. */
import type { StateCreator } from 'zustand';
import type { ProcedureOutput } from '../../shared/api.ts';
import { call, enter } from '../api.ts';
import { LOADING, type Loadable, settle } from './loadable.ts';
import type { ResearcherState } from './store.ts';

export type VisitSlice = {
  readonly info: Loadable<ProcedureOutput<'app.info'>>;
  /** Signs in where that is needed, then loads everything the home screen shows. */
  start(): Promise<void>;
};

export const createVisitSlice: StateCreator<ResearcherState, [], [], VisitSlice> = (set, get) => ({
  info: LOADING,
  async start() {
    set({ info: LOADING });
    const info = await settle(enter().then(() => call('app.info', {})));
    set({ info });
    if (info.status === 'ready') await Promise.all([get().loadStudies(), get().loadReports()]);
  },
});
