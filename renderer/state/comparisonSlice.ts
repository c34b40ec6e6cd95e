/** Comparisons and benchmark runs of the workspace, the files put in for them, and what is looked at. */
import type { StateCreator } from 'zustand';
import type { ProcedureInput, ProcedureOutput } from '../../shared/api.ts';
import type { KeptComparison } from '../../shared/comparison.ts';
import type { BenchmarkRun, InputFile } from '../../shared/comparisonProcedures.ts';
import { call } from '../api.ts';
import { LOADING, type Loadable, settle } from './loadable.ts';
import type { ResearcherState } from './store.ts';

export type ComparedScenario = ProcedureOutput<'comparisons.scenario'>;

export type ComparisonSlice = {
  readonly comparisons: Loadable<ProcedureOutput<'comparisons.list'>>;
  readonly comparison: Loadable<KeptComparison>;
  /** The scenario of the shown comparison that was opened; null for none. */
  readonly comparedScenario: Loadable<ComparedScenario> | null;
  readonly answerFiles: Loadable<readonly InputFile[]>;
  readonly benchmarkFiles: Loadable<ProcedureOutput<'benchmarks.files'>>;
  readonly benchmarks: Loadable<readonly BenchmarkRun[]>;
  loadComparisons(): Promise<void>;
  loadComparison(name: string): Promise<void>;
  openComparedScenario(name: string, scenarioId: string): Promise<void>;
  closeComparedScenario(): void;
  /** A figure of a comparison as a PDF, in base64. */
  drawPdf(asked: ProcedureInput<'comparisons.pdf'>): Promise<Loadable<string>>;
  /** Keeps a file of answers in the workspace; gives what it holds. */
  addAnswers(name: string, text: string): Promise<Loadable<ProcedureOutput<'answers.add'>>>;
};

export const createComparisonSlice: StateCreator<ResearcherState, [], [], ComparisonSlice> = (set, get) => ({
  comparisons: LOADING,
  comparison: LOADING,
  comparedScenario: null,
  answerFiles: LOADING,
  benchmarkFiles: LOADING,
  benchmarks: LOADING,
  async loadComparisons() {
    const [comparisons, answerFiles, benchmarkFiles, benchmarks] = await Promise.all([
      settle(call('comparisons.list', {})),
      settle(call('answers.list', {})),
      settle(call('benchmarks.files', {})),
      settle(call('benchmarks.list', {})),
    ]);
    set({ comparisons, answerFiles, benchmarkFiles, benchmarks });
  },
  async loadComparison(name) {
    set({ comparison: LOADING, comparedScenario: null });
    const comparison = await settle(call('comparisons.read', { name }));
    // Another may have been chosen while this one was on its way.
    if (get().route.item === name) set({ comparison });
  },
  async openComparedScenario(name, scenarioId) {
    set({ comparedScenario: LOADING });
    set({ comparedScenario: await settle(call('comparisons.scenario', { name, scenarioId })) });
  },
  closeComparedScenario: () => set({ comparedScenario: null }),
  drawPdf: (asked) => settle(call('comparisons.pdf', asked).then(({ pdf }) => pdf)),
  async addAnswers(name, text) {
    const added = await settle(call('answers.add', { name, text }));
    await get().loadComparisons();
    return added;
  },
});
