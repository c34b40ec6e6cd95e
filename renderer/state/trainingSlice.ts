/** Training as its screen shows it: memory plans, answers to pinned queries as they move, and what an adapter was made from. */
import type { StateCreator } from 'zustand';
import type { ProcedureInput } from '../../shared/api.ts';
import type { TrainingPlan } from '../../shared/training.ts';
import type { AdapterProvenance, RunPredictions } from '../../shared/workspaceProcedures.ts';
import { call } from '../api.ts';
import { LOADING, type Loadable, settle } from './loadable.ts';
import type { ResearcherState } from './store.ts';

export type TrainingSlice = {
  /** The last plan asked for; null before one. */
  readonly plan: Loadable<TrainingPlan> | null;
  /** Of each looked-at run. */
  readonly predictions: Readonly<Record<string, RunPredictions>>;
  readonly provenance: Loadable<AdapterProvenance>;
  /** Plans a run's memory; gives the plan, or null where it failed. */
  planRun(input: ProcedureInput<'runs.plan'>): Promise<TrainingPlan | null>;
  /** Reads on in a run's pinned answers. */
  followPredictions(name: string): Promise<void>;
  loadProvenance(name: string): Promise<void>;
};

export const createTrainingSlice: StateCreator<ResearcherState, [], [], TrainingSlice> = (set, get) => ({
  plan: null,
  predictions: {},
  provenance: LOADING,
  async planRun(input) {
    set({ plan: LOADING });
    const plan = await settle(call('runs.plan', input));
    set({ plan });
    return plan.status === 'ready' ? plan.value : null;
  },
  async followPredictions(name) {
    for (;;) {
      const known = get().predictions[name];
      const after = known?.answers.at(-1)?.step ?? -1;
      const { pinned, answers } = await call('runs.predictions', { name, after });
      // Two readings may overlap: only the one that began where the last ended counts.
      if (answers.length === 0 || get().predictions[name] !== known) return;
      const next = { pinned, answers: [...(known?.answers ?? []), ...answers] };
      set({ predictions: { ...get().predictions, [name]: next } });
    }
  },
  async loadProvenance(name) {
    set({ provenance: await settle(call('runs.adapter', { name })) });
  },
});
