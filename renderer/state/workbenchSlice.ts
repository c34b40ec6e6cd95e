/** Datasets, transformers, runs and evaluations of the workspace, and what is looked at of them. */
import type { StateCreator } from 'zustand';
import type { ProcedureOutput } from '../../shared/api.ts';
import type { Evaluation } from '../../shared/evaluation.ts';
import type { DatasetRecord, Split, TrainLog } from '../../shared/training.ts';
import type { DatasetSummary, RunSummary, TransformerSummary } from '../../shared/workspaceProcedures.ts';
import { call } from '../api.ts';
import { LOADING, type Loadable, settle } from './loadable.ts';
import type { ResearcherState } from './store.ts';

export type WorkbenchSlice = {
  readonly datasets: Loadable<readonly DatasetSummary[]>;
  readonly transformers: Loadable<readonly TransformerSummary[]>;
  readonly runs: Loadable<readonly RunSummary[]>;
  readonly evaluations: Loadable<ProcedureOutput<'evaluations.list'>>;
  readonly records: Loadable<readonly DatasetRecord[]>;
  readonly evaluation: Loadable<Evaluation>;
  /** What each looked-at run has logged so far. */
  readonly runLogs: Readonly<Record<string, readonly TrainLog[]>>;
  loadWorkbench(): Promise<void>;
  loadRecords(name: string, split: Split, offset: number): Promise<void>;
  loadEvaluation(name: string): Promise<void>;
  /** Reads on in a run's log. */
  followRunLog(name: string): Promise<void>;
};

/** Records shown at once. */
export const RECORD_ROWS = 12;

export const createWorkbenchSlice: StateCreator<ResearcherState, [], [], WorkbenchSlice> = (set, get) => {
  const readTo = new Map<string, number>();
  return {
    datasets: LOADING,
    transformers: LOADING,
    runs: LOADING,
    evaluations: LOADING,
    records: LOADING,
    evaluation: LOADING,
    runLogs: {},
    async loadWorkbench() {
      const [datasets, transformers, runs, evaluations] = await Promise.all([
        settle(call('datasets.list', {})),
        settle(call('transformers.list', {})),
        settle(call('runs.list', {})),
        settle(call('evaluations.list', {})),
      ]);
      set({ datasets, transformers, runs, evaluations });
    },
    async loadRecords(name, split, offset) {
      set({ records: await settle(call('datasets.records', { name, split, offset, limit: RECORD_ROWS })) });
    },
    async loadEvaluation(name) {
      set({ evaluation: await settle(call('evaluations.read', { name })) });
    },
    async followRunLog(name) {
      for (;;) {
        const after = readTo.get(name) ?? 0;
        const { lines, next } = await call('runs.log', { name, after });
        // Two readings may overlap: only the one that began where the last ended counts.
        if (next === after || (readTo.get(name) ?? 0) !== after) return;
        readTo.set(name, next);
        set({ runLogs: { ...get().runLogs, [name]: [...(get().runLogs[name] ?? []), ...lines] } });
      }
    },
  };
};
