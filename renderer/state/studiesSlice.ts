/** The studies of the workspace, as the library lists them. */
import type { StateCreator } from 'zustand';
import type { StudySummary } from '../../shared/api.ts';
import { call } from '../api.ts';
import { LOADING, type Loadable, settle } from './loadable.ts';
import type { ResearcherState } from './store.ts';

export type StudiesSlice = {
  readonly studies: Loadable<readonly StudySummary[]>;
  loadStudies(): Promise<void>;
};

export const createStudiesSlice: StateCreator<ResearcherState, [], [], StudiesSlice> = (set) => ({
  studies: LOADING,
  async loadStudies() {
    set({ studies: await settle(call('studies.list', {})) });
  },
});
