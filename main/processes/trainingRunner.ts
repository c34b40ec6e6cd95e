/** The host's side of training: starts a training process per job, passes progress on, and turns its end into a result or an error. */

import type { z } from 'zod';
import { CancelledError, errorFromData, InternalError, UserError } from '../../shared/errors.ts';
import type { ModelAnswer } from '../../shared/modelAnswer.ts';
import type { RunControl } from '../../shared/progress.ts';
import type { TrainingPlan } from '../../shared/training.ts';
import { putInBackground } from './background.ts';
import { entryFile, spawnProcess } from './spawn.ts';
import {
  type AnswerLogProbs,
  type AnswerRequest,
  answerRequestSchema,
  type ChooseLine,
  type ChooseRequest,
  chooseRequestSchema,
  type FineTuneRequest,
  type FineTuneResult,
  type FromTraining,
  fineTuneRequestSchema,
  fromTrainingSchema,
  type GenerationCheck,
  generateRequestSchema,
  type LogProbsRequest,
  logProbsRequestSchema,
  mergeRequestSchema,
  planRequestSchema,
  type TrainingRequest,
} from './trainingMessages.ts';

/** How long a cancelled job may take to write its checkpoint before it is ended. */
const CANCEL_MS = 10_000;

/** How often a run whose process died is taken up again before it is given up, and how soon. */
const RESTARTS = 3;
const RESTART_MS = 500;

/** As for all long work; `isBackground` lets the process give way to a host that serves participants. */
export type TrainingControl = RunControl & { readonly isBackground?: boolean };

/** What errors call each kind of job. */
const OPERATIONS: Readonly<Record<TrainingRequest['kind'], string>> = {
  fineTune: 'train',
  answer: 'answer',
  logProbs: 'logprobs',
  merge: 'merge',
  generate: 'generate',
  plan: 'train',
  choose: 'benchmark',
};

/**
 * Runs `request` in its own process; `onMessage` sees everything but progress and errors. Resolves to null when the process says it is
 * done, or to what ended it before that.
 */
function runProcess(
  request: TrainingRequest,
  control: TrainingControl,
  onMessage: (message: FromTraining) => void,
): Promise<string | null> {
  const operation = OPERATIONS[request.kind];
  if (control.signal?.aborted) return Promise.reject(new CancelledError(operation));
  const child = spawnProcess(entryFile('training'), { nodeFlags: [], env: {}, stderr: 'inherit' });
  if (control.isBackground) putInBackground(child.pid);
  // Children do not keep the host alive; a job that someone waits for does.
  const keepAlive = setInterval(() => {}, 2 ** 30);
  let deadline: NodeJS.Timeout | undefined;
  const cancel = (): void => {
    child.send({ type: 'cancel' });
    deadline = setTimeout(child.kill, CANCEL_MS);
  };
  return new Promise<string | null>((resolve, reject) => {
    control.signal?.addEventListener('abort', cancel, { once: true });
    child.onMessage((received) => {
      const message = fromTrainingSchema.parse(received);
      if (message.type === 'progress') control.onProgress?.(message.progress);
      else if (message.type === 'error') reject(errorFromData(message.error, operation));
      else {
        onMessage(message);
        if (message.type === 'done') resolve(null);
      }
    });
    child.onExit((cause) => (control.signal?.aborted ? reject(new CancelledError(operation)) : resolve(cause)));
    child.send({ type: 'start', request });
  }).finally(() => {
    clearInterval(keepAlive);
    clearTimeout(deadline);
    control.signal?.removeEventListener('abort', cancel);
    child.kill();
  });
}

/** The error for a process that died for `cause`. */
function deathError(cause: string, operation: string): Error {
  if (cause === 'SIGKILL')
    return new UserError(`${operation}: the training process was ended by the system, most likely for want of memory`, {
      hint: 'Use a smaller batch or a smaller transformer; a run can be continued with --resume.',
    });
  return new InternalError(`the training process ended: ${cause}`);
}

/** As `runProcess`, but a process that dies is an error. */
async function runJob(
  request: TrainingRequest,
  control: TrainingControl,
  onMessage: (message: FromTraining) => void,
): Promise<void> {
  const cause = await runProcess(request, control, onMessage);
  if (cause !== null) throw deathError(cause, OPERATIONS[request.kind]);
}

/** Runs a fine-tuning; when its process dies after it has got further, another one takes it up at its last checkpoint. */
async function runResumed(
  request: FineTuneRequest,
  control: TrainingControl,
  onMessage: (message: FromTraining) => void,
): Promise<void> {
  let furthest = 0;
  const onProgress: RunControl['onProgress'] = (progress) => {
    // Weights that are read again bring a run no further.
    if (progress.unit === 'steps') furthest = Math.max(furthest, progress.done);
    control.onProgress?.(progress);
  };
  for (let restarts = 0, before = 0; ; restarts++, before = furthest) {
    const current = restarts === 0 ? request : { ...request, resume: true };
    const cause = await runProcess(current, { ...control, onProgress }, onMessage);
    if (cause === null) return;
    if (restarts === RESTARTS || furthest <= before) throw deathError(cause, OPERATIONS.fineTune);
    await new Promise((resolve) => setTimeout(resolve, RESTART_MS));
  }
}

/**
 * Fine-tunes in a process of its own and returns where the best adapter lies. A process that dies is replaced, and the run goes on from
 * its last checkpoint. Throws UserError, or CancelledError on `control.signal`.
 */
export async function runFineTune(
  request: Omit<z.input<typeof fineTuneRequestSchema>, 'kind'>,
  control: TrainingControl = {},
): Promise<FineTuneResult> {
  const full: FineTuneRequest = fineTuneRequestSchema.parse({ ...request, kind: 'fineTune' });
  let result: FineTuneResult | null = null;
  await runResumed(full, control, (message) => {
    if (message.type === 'done') result = message.result;
  });
  if (result === null) throw new InternalError('the training process gave no result');
  return result;
}

/** Answers records in a process of its own, in their order: bins renormalised over the 101 answers, mean, sd and leaked mass. */
export async function answerQueries(
  request: Omit<z.input<typeof answerRequestSchema>, 'kind'>,
  control: TrainingControl = {},
): Promise<ModelAnswer[]> {
  const full: AnswerRequest = answerRequestSchema.parse({ ...request, kind: 'answer' });
  const answers: ModelAnswer[] = [];
  await runJob(full, control, (message) => {
    if (message.type === 'answers') answers.push(...message.answers);
  });
  return answers;
}

/** Log-probabilities of the 101 answers after each prompt of a JSON Lines file, in its order. */
export async function promptLogProbs(
  request: Omit<z.input<typeof logProbsRequestSchema>, 'kind'>,
  control: RunControl = {},
): Promise<AnswerLogProbs[]> {
  const full: LogProbsRequest = logProbsRequestSchema.parse({ ...request, kind: 'logProbs' });
  const lines: AnswerLogProbs[] = [];
  await runJob(full, control, (message) => {
    if (message.type === 'logProbs') lines.push(...message.lines);
  });
  return lines;
}

/** Writes the transformer with the adapter worked in as a Hugging Face folder. */
export const mergeTransformer = (
  request: Omit<z.input<typeof mergeRequestSchema>, 'kind'>,
  control: RunControl = {},
): Promise<void> => runJob(mergeRequestSchema.parse({ ...request, kind: 'merge' }), control, () => {});

/** Lets the transformer write freely after some prompts of a split and counts the answers it writes whole. */
export async function checkGeneration(
  request: Omit<z.input<typeof generateRequestSchema>, 'kind'>,
  control: RunControl = {},
): Promise<GenerationCheck> {
  let check: GenerationCheck | null = null;
  await runJob(generateRequestSchema.parse({ ...request, kind: 'generate' }), control, (message) => {
    if (message.type === 'generated') check = message.check;
  });
  if (check === null) throw new InternalError('the training process gave no result');
  return check;
}

/** The memory that training would need; no weight is read. */
export async function planTraining(
  request: Omit<z.input<typeof planRequestSchema>, 'kind'>,
  control: RunControl = {},
): Promise<TrainingPlan> {
  let plan: TrainingPlan | null = null;
  await runJob(planRequestSchema.parse({ ...request, kind: 'plan' }), control, (message) => {
    if (message.type === 'plan') plan = message.plan;
  });
  if (plan === null) throw new InternalError('the training process gave no result');
  return plan;
}

/** Log-probabilities of an alphabet's texts after each prompt of a JSON Lines file, handed to `receive` in its order as they come. */
export async function chooseTexts(
  request: Omit<z.input<typeof chooseRequestSchema>, 'kind'>,
  control: RunControl & { readonly receive: (lines: readonly ChooseLine[]) => void },
): Promise<void> {
  const full: ChooseRequest = chooseRequestSchema.parse({ ...request, kind: 'choose' });
  await runJob(full, control, (message) => {
    if (message.type === 'choices') control.receive(message.lines);
  });
}
