/** A fine-tuning run in its folder: reads transformer and dataset, trains, validates every epoch, keeps the best adapter, checkpoints, resumes. */
import { basename, join, resolve } from 'node:path';
import { createRandom } from '../../engine/random.ts';
import { writeAdapterConfig } from '../../engine/training/adapterConfig.ts';
import { type Answer, scoreAnswers, type ValidationScores } from '../../engine/training/answerQueries.ts';
import type { Selection } from '../../engine/training/checkpoint.ts';
import { type FineTuneState, initFineTune, type StepInfo, stepFineTune } from '../../engine/training/fineTune.ts';
import { logCsv } from '../../engine/training/logCsv.ts';
import { parameterTensors, parameterViews } from '../../engine/training/parameters.ts';
import type { Backend } from '../../engine/transformer/backend.ts';
import { encodeSafetensors } from '../../engine/transformer/safetensors.ts';
import { CancelledError } from '../../shared/errors.ts';
import type { RunControl } from '../../shared/progress.ts';
import { trainLogSchema } from '../../shared/training.ts';
import { answerScenarios } from './answerRun.ts';
import { writeFileAtomic, writeFolderDurably } from './durableFiles.ts';
import { readJsonLines } from './jsonLines.ts';
import { closeFineTune, type OpenRun, openFineTune } from './openFineTune.ts';
import { keepPinnedAnswers } from './pinnedAnswers.ts';
import { latestCheckpoint, openRunFolder, openRunLog, type RunLog, saveCheckpoint } from './runFolder.ts';
import { type RunInputs, recordInputs } from './runInputs.ts';
import type { FineTuneRequest, FineTuneResult } from './trainingMessages.ts';

type Run = OpenRun & { readonly inputs: RunInputs; readonly log: RunLog; readonly control: RunControl };

/** Where a run stands between steps. */
type Standing = { readonly state: FineTuneState; readonly selection: Selection | null };

async function validate(run: Run, { vector, step }: FineTuneState): Promise<ValidationScores> {
  const answers: Answer[] = [];
  const weights = new Map([...run.answerer.weights, ...parameterTensors(run.setup.layout, vector)]);
  await answerScenarios({ ...run.answerer, weights }, run.validation, 'validate', {
    signal: run.control.signal,
    receive: (portion) => answers.push(...portion),
  });
  keepPinnedAnswers(run.request.out, step, { records: run.validationRecords, answers });
  return scoreAnswers(answers, run.validationRecords);
}

/** Validates, logs, remembers whether it is the best so far and, if so, writes the adapter. */
async function select(run: Run, { state, selection }: Standing): Promise<Standing> {
  const scores = await validate(run, state);
  const isBest = selection === null || scores.mae < selection.bestMae;
  run.log.append({
    event: 'validation',
    step: state.step,
    epoch: Math.ceil(state.step / run.setup.config.epochBatches),
    mae: scores.mae,
    crossEntropy: scores.crossEntropy,
    divergence: scores.divergence,
    best: isBest,
  });
  if (isBest) saveAdapter(run, state, scores);
  const next: Selection = isBest
    ? { bestStep: state.step, bestMae: scores.mae, epochsSinceBest: 0 }
    : { ...selection, epochsSinceBest: selection.epochsSinceBest + 1 };
  report(run, state, { validationMae: scores.mae, bestMae: next.bestMae });
  return { state, selection: next };
}

const adapterFolder = (request: FineTuneRequest): string => join(request.out, 'adapter');

function saveAdapter(run: Run, state: FineTuneState, validation: ValidationScores): void {
  const { request, setup, spec } = run;
  const views = parameterViews(setup.layout, state.vector);
  const tensors = new Map(
    [...views].map(([name, data], i) => [name, { shape: setup.layout.shapes[i], data: data.slice() }]),
  );
  const config = writeAdapterConfig(spec, basename(resolve(request.transformer)), setup.config.dropout);
  const provenance = {
    format: 'credence-adapter',
    version: 1,
    transformer: basename(resolve(request.transformer)),
    dataset: basename(resolve(request.dataset)),
    inputs: run.inputs,
    backend: run.backend,
    config: setup.config,
    step: state.step,
    validation,
  };
  writeFolderDurably(
    adapterFolder(request),
    new Map<string, Uint8Array | string>([
      ['adapter_config.json', `${JSON.stringify(config, null, 2)}\n`],
      ['adapter_model.safetensors', encodeSafetensors(tensors)],
      ['credence.json', `${JSON.stringify(provenance, null, 2)}\n`],
    ]),
  );
}

function report(run: Run, state: FineTuneState, figures: Record<string, number>): void {
  const { config, totalSteps: total } = run.setup;
  run.control.onProgress?.({ stage: `train (${config.target})`, done: state.step, total, unit: 'steps', figures });
}

const isFinished = ({ setup }: Run, { state, selection }: Standing): boolean =>
  state.step >= setup.totalSteps || (selection?.epochsSinceBest ?? 0) >= setup.config.patience;

function logStep(run: Run, step: number, info: StepInfo): void {
  const { loss, learningRate, gradientNorm } = info;
  run.log.append({ event: 'step', step, loss, learningRate, gradientNorm });
}

/** A step; where it fails, the run's state is written first, so that nothing but the step is lost. */
async function stepOrSave(run: Run, standing: Standing): ReturnType<typeof stepFineTune> {
  try {
    return await stepFineTune(run.setup, standing.state);
  } catch (error) {
    saveCheckpoint(run.request.out, { ...standing, logBytes: run.log.bytes() });
    throw error;
  }
}

async function trainLoop(run: Run, start: Standing): Promise<Standing> {
  const { setup, request, log, control } = run;
  let standing = start.selection === null ? await select(run, start) : start;
  while (!isFinished(run, standing)) {
    if (control.signal?.aborted) {
      saveCheckpoint(request.out, { ...standing, logBytes: log.bytes() });
      throw new CancelledError('train');
    }
    const startedAt = performance.now();
    const { state, info } = await stepOrSave(run, standing);
    const seconds = (performance.now() - startedAt) / 1000;
    logStep(run, state.step, info);
    standing = { ...standing, state };
    report(run, state, {
      loss: info.loss,
      // The speed goes to whoever watches and not into the log, which two runs of one seed have in common to the byte.
      tokensPerSecond: info.tokens / seconds,
      queriesPerSecond: info.queries / seconds,
      ...(standing.selection ? { bestMae: standing.selection.bestMae } : {}),
    });
    const isEpochEnd = state.step % setup.config.epochBatches === 0 || state.step === setup.totalSteps;
    if (isEpochEnd) standing = await select(run, standing);
    if (isEpochEnd || state.step % request.checkpointEvery === 0)
      saveCheckpoint(request.out, { ...standing, logBytes: log.bytes() });
  }
  return standing;
}

/** The finished run's log once more, for spreadsheets. */
async function writeLogCsv(folder: string): Promise<void> {
  writeFileAtomic(join(folder, 'log.csv'), logCsv(await readJsonLines(join(folder, 'log.jsonl'), trainLogSchema)));
}

/** The whole run, from its newest checkpoint where there is one. Throws UserError, or CancelledError after writing a checkpoint. */
export async function runFineTune(
  request: FineTuneRequest,
  backend: Backend,
  control: RunControl,
): Promise<FineTuneResult> {
  openRunFolder(request.out, request.config, request.resume);
  const inputs = await recordInputs(request, control);
  const prepared = await openFineTune(request, backend, control);
  const { layout, config } = prepared.setup;
  const checkpoint = latestCheckpoint(request.out, layout.length);
  const log = openRunLog(request.out, checkpoint?.logBytes ?? 0);
  const run: Run = { ...prepared, inputs, log, control };
  try {
    const fresh: Standing = {
      state: initFineTune(createRandom(config.seed).split('adapter'), layout),
      selection: null,
    };
    const end = await trainLoop(run, checkpoint ?? fresh);
    await writeLogCsv(request.out);
    const best = end.selection ?? { bestStep: 0, bestMae: Number.POSITIVE_INFINITY, epochsSinceBest: 0 };
    return {
      adapter: adapterFolder(request),
      steps: end.state.step,
      bestStep: best.bestStep,
      bestMae: best.bestMae,
      stoppedEarly: end.state.step < run.setup.totalSteps,
      backend: backend.name,
    };
  } finally {
    log.close();
    await closeFineTune(run);
  }
}
