/** Where things lie in a workspace folder: the one place that names them. */
import { join } from 'node:path';

/** Absolute paths inside the workspace folder `root`. */
export type WorkspacePaths = {
  readonly root: string;
  /** What kind of folder this is and which version wrote it. */
  readonly manifest: string;
  /** Who has it open. */
  readonly lock: string;
  readonly database: string;
  readonly log: string;
  readonly keyring: string;
  readonly keyringCopy: string;
  readonly backups: string;
  readonly reports: string;
  /** Pictures and sounds of the imported studies, each named by its SHA-256. */
  readonly assets: string;
  /** Scenarios, jobs and drafts of the researcher. */
  readonly library: string;
  readonly datasets: string;
  readonly runs: string;
  readonly evaluations: string;
  readonly exports: string;
  /** What language models were asked and wrote, a folder for each job, so that one that was stopped pays nothing twice. */
  readonly written: string;
  readonly comparisons: string;
  /** Answers of language models and programs from elsewhere, put here to be compared. */
  readonly answers: string;
  /** Benchmarks' files as published, put here to be asked. */
  readonly benchmarkFiles: string;
  readonly benchmarks: string;
  /** Hugging Face folders put here can be fine-tuned. */
  readonly transformers: string;
  /** Space held back, given up when the disk is full. */
  readonly ballast: string;
  /** Keys of language services, sealed by the system's keyring. */
  readonly keys: string;
  /** The stations of an open lab network; absent while it is closed. */
  readonly stations: string;
  /** Damaged files set aside by a restore, one numbered folder each time. */
  readonly damaged: string;
};

export const workspacePaths = (root: string): WorkspacePaths => ({
  root,
  manifest: join(root, 'workspace.json'),
  lock: join(root, 'workspace.lock'),
  database: join(root, 'credence.sqlite'),
  log: join(root, 'responses.log'),
  keyring: join(root, 'keyring.db'),
  keyringCopy: join(root, 'backups', 'keyring.db'),
  backups: join(root, 'backups'),
  reports: join(root, 'reports'),
  assets: join(root, 'assets'),
  library: join(root, 'library.sqlite'),
  datasets: join(root, 'datasets'),
  runs: join(root, 'runs'),
  evaluations: join(root, 'evaluations'),
  exports: join(root, 'exports'),
  written: join(root, 'written'),
  comparisons: join(root, 'comparisons'),
  answers: join(root, 'answers'),
  benchmarkFiles: join(root, 'benchmark-files'),
  benchmarks: join(root, 'benchmarks'),
  transformers: join(root, 'models'),
  ballast: join(root, 'ballast'),
  keys: join(root, 'keys.json'),
  stations: join(root, 'stations.json'),
  damaged: join(root, 'damaged'),
});
