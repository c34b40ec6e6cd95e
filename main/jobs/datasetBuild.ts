/**
 * Dataset build: scenarios in, labelled training data out. Scenarios stream through the inference pool, a window of them at a time;
 * results are logged in order, so that a killed build goes on where it stopped; the files are written from the log at the end.
 * Inference stops on executions, never on time, and labels that fail a check are set aside with the reason.
 */
import { rm } from 'node:fs/promises';
import { createRandom } from '../../engine/random.ts';
import { findTextFaults } from '../../engine/scenario/textCheck.ts';
import type { StoredPosterior } from '../../engine/training/datasetRecords.ts';
import { findLabelFaults } from '../../engine/training/labelCheck.ts';
import { DEFAULT_HOLD_OUT, type HoldOut } from '../../engine/training/split.ts';
import type { DatasetSettings, Shard } from '../../shared/dataset.ts';
import { CancelledError, UserError } from '../../shared/errors.ts';
import type { Posterior } from '../../shared/posterior.ts';
import type { RunControl } from '../../shared/progress.ts';
import type { Scenario } from '../../shared/scenario.ts';
import type { InferencePool } from '../processes/inferencePool.ts';
import { version } from '../resources.ts';
import { createDatasetWriter, createFolder, type DatasetSummary, fingerprint, rejectionOf } from './datasetFiles.ts';
import { type LabelLog, type LabelResult, openLabelLog, readLabelLog } from './labelLog.ts';

/** What a validation needs of the inference pool, and what a build does. */
export type InferenceRunner = Pick<InferencePool, 'run'>;
export type LabelRunner = Pick<InferencePool, 'run' | 'runWithPrior'>;

export type DatasetBuildOptions = {
  readonly scenarios: Iterable<Scenario> | AsyncIterable<Scenario>;
  readonly outDir: string;
  readonly pool: LabelRunner;
  readonly seed: number;
  /** Wanted mcse of every label in points; 0.5 if absent. */
  readonly precision?: number;
  /** Wanted mcse of the priors in points; 1.5 if absent, null for none. */
  readonly priorPrecision?: number | null;
  readonly holdOut?: HoldOut;
  /** `forward`: each label is one draw of the program's world that shows the scenario's results, not the posterior. */
  readonly source?: DatasetSettings['source'];
  readonly target?: DatasetSettings['target'];
  readonly method?: DatasetSettings['method'];
  readonly minEffective?: number;
  readonly maxExecutions?: number;
  readonly canary?: string;
  /** How many scenarios are to come, for the progress bar. */
  readonly total?: number;
  readonly shard?: Shard;
  /** Scenarios at work or waiting for their turn in the log at any time; 32 if absent. It changes no result. */
  readonly window?: number;
};

const OPERATION = 'dataset build';
const DEFAULTS = {
  precision: 0.5,
  priorPrecision: 1.5,
  minEffective: 200,
  maxExecutions: 5_000_000,
  window: 32,
} as const;

function settingsOf(options: DatasetBuildOptions): DatasetSettings {
  const { holdOut = DEFAULT_HOLD_OUT } = options;
  return {
    seed: options.seed,
    source: options.source ?? 'posterior',
    target: options.target ?? 'distribution',
    method: options.method ?? 'walks',
    precision: options.precision ?? DEFAULTS.precision,
    priorPrecision: options.priorPrecision === undefined ? DEFAULTS.priorPrecision : options.priorPrecision,
    minEffective: options.minEffective ?? DEFAULTS.minEffective,
    maxExecutions: options.maxExecutions ?? DEFAULTS.maxExecutions,
    holdOut: {
      cells: [...holdOut.cells],
      levels: [...holdOut.levels],
      domains: [...holdOut.domains],
      queries: holdOut.queries ?? false,
    },
    canary: options.canary ?? null,
    engineVersion: version(),
  };
}

const withoutTimes = ({ seconds: _, executionsPerSecond: __, ...rest }: Posterior): StoredPosterior => rest;

/** Labels one scenario. A program that fails gives a rejection; a fault of ours or a cancellation is thrown. */
async function labelScenario(
  scenario: Scenario,
  pool: LabelRunner,
  settings: DatasetSettings,
  signal: AbortSignal | undefined,
): Promise<LabelResult> {
  const { id, program, queries } = scenario;
  const [slip] = findTextFaults(scenario);
  if (slip !== undefined) return { kind: 'rejected', scenario, faults: [{ check: 'text', message: slip }] };
  if (program === undefined)
    return { kind: 'rejected', scenario, faults: [{ check: 'program', message: 'the scenario has no program' }] };
  const seeds = createRandom(settings.seed).split('labels', id);
  const job = { source: program, file: `${id}.wppl` };
  const seedOf = (purpose: string): number => seeds.split(purpose).integer(2 ** 31);
  const { method, precision, priorPrecision, maxExecutions, source } = settings;
  const isForward = source === 'forward';
  const goal = isForward ? { method: 'rejection' as const, samples: 1 } : { method, precision };
  try {
    const options = { ...goal, maxExecutions, seed: seedOf(source) };
    const { posterior, prior } =
      priorPrecision === null
        ? { posterior: await pool.run({ ...job, options }, { signal }), prior: null }
        : await pool.runWithPrior(
            { ...job, options, prior: { precision: priorPrecision, maxExecutions, seed: seedOf('prior') } },
            { signal },
          );
    const faults = findLabelFaults(queries, posterior, isForward ? null : settings);
    if (faults.length > 0) return { kind: 'rejected', scenario, faults };
    const labelled = { scenario, posterior: withoutTimes(posterior), prior: prior && withoutTimes(prior) };
    return { kind: 'labelled', labelled };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { kind: 'rejected', scenario, faults: [{ check: 'program', message: error.message }] };
  }
}

function checkLogged(log: LabelLog, scenario: Scenario, index: number): void {
  if (log.scenarioPrints[index] === fingerprint(scenario)) return;
  throw new UserError(
    `${OPERATION}: an unfinished build of other scenarios lies in this folder: number ${index + 1} is now ${scenario.id}`,
    { location: { file: log.path }, hint: 'Repeat it with its own scenarios, or choose another folder.' },
  );
}

/** Fills the log. Results are appended in the order of the scenarios, whatever order they come in. A failure cancels what still runs. */
async function fillLog(
  log: LabelLog,
  options: DatasetBuildOptions,
  settings: DatasetSettings,
  control: RunControl,
): Promise<void> {
  const { pool, total, window = DEFAULTS.window } = options;
  const failure = new AbortController();
  const signal = AbortSignal.any([failure.signal, ...(control.signal ? [control.signal] : [])]);
  const pending: Promise<LabelResult>[] = [];
  let done = log.scenarioPrints.length;
  let rejected = 0;
  const logNext = async (): Promise<void> => {
    if (signal.aborted) throw new CancelledError(OPERATION);
    const result = await pending.shift();
    if (!result) return;
    await log.append(result);
    if (result.kind === 'rejected') rejected++;
    done++;
    control.onProgress?.({ stage: 'labels', done, total, unit: 'scenarios', figures: { rejected } });
  };
  let index = 0;
  try {
    for await (const scenario of options.scenarios) {
      if (index < log.scenarioPrints.length) checkLogged(log, scenario, index);
      else {
        const result = labelScenario(scenario, pool, settings, signal);
        result.catch(() => undefined);
        pending.push(result);
      }
      index++;
      if (pending.length >= window) await logNext();
    }
    while (pending.length > 0) await logNext();
  } finally {
    failure.abort();
    await Promise.allSettled(pending);
  }
  checkAllLogged(log, index);
}

function checkAllLogged(log: LabelLog, received: number): void {
  const logged = log.scenarioPrints.length;
  if (received >= logged) return;
  throw new UserError(
    `${OPERATION}: an unfinished build of ${logged} or more scenarios lies in this folder, received ${received}`,
    { location: { file: log.path }, hint: 'Repeat it with its own scenarios, or choose another folder.' },
  );
}

async function writeFromLog(
  log: LabelLog,
  options: DatasetBuildOptions,
  settings: DatasetSettings,
): Promise<DatasetSummary> {
  const writer = await createDatasetWriter(options.outDir, settings, options.shard ?? null);
  try {
    for await (const result of readLabelLog(log.path)) {
      if (result.kind === 'labelled') await writer.addLabelled(result.labelled);
      else await writer.addRejected(rejectionOf(result.scenario, result.faults));
    }
    return await writer.finish();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

/**
 * Builds a dataset in `outDir`: train, validation and test records (those of one scenario consecutive), scenarios, posteriors, rejected
 * scenarios with their reasons, a card, and the manifest last. Called again after a kill with the same options it goes on.
 * Throws UserError if the folder cannot be written or holds another unfinished build, CancelledError when stopped.
 */
export async function buildDataset(options: DatasetBuildOptions, control: RunControl = {}): Promise<DatasetSummary> {
  const settings = settingsOf(options);
  await createFolder(options.outDir);
  const log = await openLabelLog(OPERATION, options.outDir, settings);
  try {
    await fillLog(log, options, settings, control);
  } finally {
    await log.close();
  }
  const summary = await writeFromLog(log, options, settings);
  await rm(log.path, { force: true });
  return summary;
}
