/** The preview of a study: the study as it is stored, shown from its first screen, until it is closed. */
import type { StateCreator } from 'zustand';
import type { Study } from '../../shared/study.ts';
import { call } from '../api.ts';
import { type Loadable, settle } from './loadable.ts';
import type { ResearcherState } from './store.ts';

export type PreviewSlice = {
  readonly preview: Loadable<Study> | null;
  openPreview(versionId: string): Promise<void>;
  closePreview(): void;
};

export const createPreviewSlice: StateCreator<ResearcherState, [], [], PreviewSlice> = (set) => ({
  preview: null,
  async openPreview(versionId) {
    set({ preview: { status: 'loading' } });
    set({ preview: await settle(call('studies.read', { versionId })) });
  },
  closePreview: () => set({ preview: null }),
});
