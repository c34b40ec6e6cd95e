/** How long work tells how far it is and is told to stop: passed down to whatever runs longer than a second. */

/** One report: `done` of `total` (`total` undefined while unknown), both in `unit`; `figures` are named numbers worth showing, such as a loss. */
export type Progress = {
  readonly stage: string;
  readonly done: number;
  readonly total?: number;
  readonly unit: string;
  readonly figures?: Readonly<Record<string, number>>;
};

/** Given to long work: where to report and what to obey. */
export type RunControl = {
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
};
