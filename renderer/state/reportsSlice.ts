/** The reports of the workspace and the one that is shown: the newest, until another is chosen. */
import type { StateCreator } from 'zustand';
import type { ProcedureOutput } from '../../shared/api.ts';
import type { Report } from '../../shared/report.ts';
import { call } from '../api.ts';
import { LOADING, type Loadable, settle } from './loadable.ts';
import type { ResearcherState } from './store.ts';

export type ReportEntry = ProcedureOutput<'reports.list'>[number];

export type ReportsSlice = {
  readonly reports: Loadable<readonly ReportEntry[]>;
  /** Null while there is no report. */
  readonly shownReportId: string | null;
  readonly report: Loadable<Report>;
  loadReports(): Promise<void>;
  showReport(id: string): Promise<void>;
};

const newestFirst = (a: ReportEntry, b: ReportEntry): number => b.createdAt.localeCompare(a.createdAt);

export const createReportsSlice: StateCreator<ResearcherState, [], [], ReportsSlice> = (set, get) => ({
  reports: LOADING,
  shownReportId: null,
  report: LOADING,
  async loadReports() {
    const reports = await settle(call('reports.list', {}).then((list) => list.toSorted(newestFirst)));
    set({ reports });
    if (reports.status !== 'ready') return;
    const shown = reports.value.find(({ id }) => id === get().shownReportId) ?? reports.value[0];
    const isShown = shown?.id === get().shownReportId && get().report.status === 'ready';
    if (shown && !isShown) await get().showReport(shown.id);
  },
  async showReport(id) {
    set({ shownReportId: id, report: LOADING });
    const report = await settle(call('reports.read', { id }));
    // Another report may have been chosen while this one was on its way.
    if (get().shownReportId === id) set({ report });
  },
});
