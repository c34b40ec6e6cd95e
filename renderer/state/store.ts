/** The researcher's store: one slice per file. */
import { create } from 'zustand';
import { type ComparisonSlice, createComparisonSlice } from './comparisonSlice.ts';
import { createDraftsSlice, type DraftsSlice } from './draftsSlice.ts';
import { createJobsSlice, type JobsSlice } from './jobsSlice.ts';
import { createLabSlice, type LabSlice } from './labSlice.ts';
import { createLibrarySlice, type LibrarySlice } from './librarySlice.ts';
import { createMonitorSlice, type MonitorSlice } from './monitorSlice.ts';
import { createPreviewSlice, type PreviewSlice } from './previewSlice.ts';
import { createProgramSlice, type ProgramSlice } from './programSlice.ts';
import { createReportsSlice, type ReportsSlice } from './reportsSlice.ts';
import { createRouteSlice, type RouteSlice } from './routeSlice.ts';
import { createSeatsSlice, type SeatsSlice } from './seatsSlice.ts';
import { createSessionsSlice, type SessionsSlice } from './sessionsSlice.ts';
import { createSettingsSlice, type SettingsSlice } from './settingsSlice.ts';
import { createStudiesSlice, type StudiesSlice } from './studiesSlice.ts';
import { createTrainingSlice, type TrainingSlice } from './trainingSlice.ts';
import { createVisitSlice, type VisitSlice } from './visitSlice.ts';
import { createWorkbenchSlice, type WorkbenchSlice } from './workbenchSlice.ts';

export type ResearcherState = VisitSlice &
  RouteSlice &
  StudiesSlice &
  DraftsSlice &
  PreviewSlice &
  SeatsSlice &
  LabSlice &
  SessionsSlice &
  SettingsSlice &
  ReportsSlice &
  LibrarySlice &
  JobsSlice &
  MonitorSlice &
  ProgramSlice &
  TrainingSlice &
  WorkbenchSlice &
  ComparisonSlice;

/** Components select from it the least they need. */
export const useResearcher = create<ResearcherState>()((...parts) => ({
  ...createVisitSlice(...parts),
  ...createRouteSlice(...parts),
  ...createStudiesSlice(...parts),
  ...createDraftsSlice(...parts),
  ...createPreviewSlice(...parts),
  ...createSeatsSlice(...parts),
  ...createLabSlice(...parts),
  ...createSessionsSlice(...parts),
  ...createSettingsSlice(...parts),
  ...createReportsSlice(...parts),
  ...createLibrarySlice(...parts),
  ...createJobsSlice(...parts),
  ...createMonitorSlice(...parts),
  ...createProgramSlice(...parts),
  ...createTrainingSlice(...parts),
  ...createWorkbenchSlice(...parts),
  ...createComparisonSlice(...parts),
}));
