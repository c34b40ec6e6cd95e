/** The program on the desk: what reading it found, the run of it that is shown, growing while it samples, and its prior. */
import type { StateCreator } from 'zustand';
import type { Posterior, QueryPosterior } from '../../shared/posterior.ts';
import type { EvidenceState, ProgramCheck } from '../../shared/programCheck.ts';
import { call } from '../api.ts';
import { failed } from './loadable.ts';
import type { ResearcherState } from './store.ts';

export type Queries = Readonly<Record<string, QueryPosterior>>;

/** A run as it is shown. `queries` is the newest sketch, then the result; `posterior` is null until it has ended. */
export type ProgramRun = {
  readonly runId: string;
  readonly state: 'running' | 'done' | 'stopped' | 'failed';
  readonly evidence: readonly EvidenceState[];
  readonly queries: Queries;
  readonly posterior: Posterior | null;
  readonly problem: string | null;
};

export type ProgramSlice = {
  readonly programCheck: ProgramCheck | null;
  readonly programRun: ProgramRun | null;
  /** What the queries look like with nothing observed; null until that was run. */
  readonly prior: Queries | null;
  checkProgram(source: string): Promise<void>;
  runProgram(source: string, evidence: readonly EvidenceState[]): Promise<void>;
  stopProgram(): Promise<void>;
  noteSketch(runId: string, queries: Queries): void;
  /** Clears the desk for another program. */
  clearProgram(): void;
};

const PRECISION = 0.25;
const SEED = 1;

export const createProgramSlice: StateCreator<ResearcherState, [], [], ProgramSlice> = (set, get) => {
  let runs = 0;
  let checks = 0;
  return {
    programCheck: null,
    programRun: null,
    prior: null,
    async checkProgram(source) {
      const number = ++checks;
      const programCheck = await call('programs.check', { source });
      // Only the newest text's faults are shown.
      if (number === checks) set({ programCheck });
    },
    async runProgram(source, evidence) {
      const runId = `desk-${++runs}`;
      const shown = get().programRun;
      const begun = { runId, state: 'running', evidence, posterior: null, problem: null } as const;
      // The last picture stays until the first sketch of this run, so that nothing flickers.
      set({ programRun: { ...begun, queries: shown?.queries ?? {} } });
      try {
        const input = { runId, source, evidence: [...evidence], precision: PRECISION, seed: SEED };
        const posterior = await call('programs.run', input);
        if (get().programRun?.runId !== runId) return;
        if (posterior === null) {
          set({ programRun: { ...begun, state: 'stopped', queries: get().programRun?.queries ?? {} } });
          return;
        }
        const { queries } = posterior;
        set({ programRun: { ...begun, state: 'done', queries, posterior } });
        if (evidence.length > 0 && evidence.every((state) => state === 'off')) set({ prior: queries });
      } catch (error) {
        if (get().programRun?.runId !== runId) return;
        const state = failed(error);
        const problem = state.status === 'failed' ? `${state.message} ${state.hint ?? ''}`.trim() : null;
        set({ programRun: { ...begun, state: 'failed', queries: get().programRun?.queries ?? {}, problem } });
      }
    },
    async stopProgram() {
      const run = get().programRun;
      if (run?.state === 'running') await call('programs.stop', { runId: run.runId });
    },
    noteSketch(runId, queries) {
      const run = get().programRun;
      // Before anything was accepted there is nothing to show.
      if (run?.runId === runId && run.state === 'running' && Object.keys(queries).length > 0)
        set({ programRun: { ...run, queries } });
    },
    clearProgram: () => set({ programCheck: null, programRun: null, prior: null }),
  };
};
