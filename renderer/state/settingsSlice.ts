/** Settings: keys of language services, and the safety of the answers. */
import type { StateCreator } from 'zustand';
import type { ProcedureInput } from '../../shared/api.ts';
import type { KeyProvider, Keys } from '../../shared/keys.ts';
import type { RestoredSummary, Safety } from '../../shared/safety.ts';
import { call } from '../api.ts';
import { LOADING, type Loadable, settle } from './loadable.ts';
import type { ResearcherState } from './store.ts';

/** What is done for the safety of the answers, one at a time. */
export type SafetyAct = 'backUp' | 'check' | 'restore';

export type SettingsSlice = {
  readonly keys: Loadable<Keys>;
  readonly safety: Loadable<Safety>;
  /** The act under way, if any. */
  readonly safetyAct: SafetyAct | null;
  /** What the last restore did; null before one. */
  readonly restored: Loadable<RestoredSummary> | null;
  loadSettings(): Promise<void>;
  setKey(provider: KeyProvider, key: string): Promise<void>;
  removeKey(provider: KeyProvider): Promise<void>;
  backUp(): Promise<void>;
  checkAnswers(): Promise<void>;
  restore(): Promise<void>;
  /** Erases a person for good. Throws what kept it from being done. */
  eraseParticipant(input: ProcedureInput<'participants.erase'>): Promise<void>;
};

export const createSettingsSlice: StateCreator<ResearcherState, [], [], SettingsSlice> = (set, get) => {
  const act = async (name: SafetyAct, work: () => Promise<void>): Promise<void> => {
    if (get().safetyAct !== null) return;
    set({ safetyAct: name });
    await work();
    set({ safetyAct: null });
  };
  return {
    keys: LOADING,
    safety: LOADING,
    safetyAct: null,
    restored: null,
    async loadSettings() {
      const [keys, safety] = await Promise.all([settle(call('keys.list', {})), settle(call('safety.status', {}))]);
      set({ keys, safety });
    },
    async setKey(provider, key) {
      set({ keys: await settle(call('keys.set', { provider, key })) });
    },
    async removeKey(provider) {
      set({ keys: await settle(call('keys.remove', { provider })) });
    },
    backUp: () => act('backUp', async () => set({ safety: await settle(call('safety.backUp', {})) })),
    checkAnswers: () => act('check', async () => set({ safety: await settle(call('safety.check', {})) })),
    restore: () =>
      act('restore', async () => {
        set({ restored: await settle(call('safety.restore', {})) });
        set({ safety: await settle(call('safety.status', {})) });
      }),
    async eraseParticipant(input) {
      await call('participants.erase', input);
      await get().loadStudies();
    },
  };
};
