/** The researcher's store: one slice per file. */
import { create } from 'zustand';
import { createReportsSlice, type ReportsSlice } from './reportsSlice.ts';
import { createSeatsSlice, type SeatsSlice } from './seatsSlice.ts';
import { createStudiesSlice, type StudiesSlice } from './studiesSlice.ts';
import { createVisitSlice, type VisitSlice } from './visitSlice.ts';

export type ResearcherState = VisitSlice & StudiesSlice & SeatsSlice & ReportsSlice;

/** Components select from it the least they need. */
export const useResearcher = create<ResearcherState>()((...parts) => ({
  ...createVisitSlice(...parts),
  ...createStudiesSlice(...parts),
  ...createSeatsSlice(...parts),
  ...createReportsSlice(...parts),
}));
