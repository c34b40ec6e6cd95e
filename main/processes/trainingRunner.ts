/** The host's side of training: starts a training process per job, passes progress on, and turns its end into a result or an error. */

import type { z } from 'zod';
import { CancelledError, errorFromData, InternalError, UserError } from '../../shared/errors.ts';
import type { ModelAnswer } from '../../shared/modelAnswer.ts';
import type { RunControl } from '../../shared/progress.ts';
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
  type LogProbsRequest,
  logProbsRequestSchema,
  type TrainingRequest,
} from './trainingMessages.ts';

/** How long a cancelled job may take to write its checkpoint before it is ended. */
const CANCEL_MS = 10_000;

/** What errors call each kind of job. */
const OPERATIONS: Readonly<Record<TrainingRequest['kind'], string>> = {
  fineTune: 'train',
  answer: 'answer',
  logProbs: 'logprobs',
  choose: 'benchmark',
};

/** Runs `request` in its own process; `onMessage` sees everything but progress and errors. Resolves when the process says it is done. */
function runJob(
  request: TrainingRequest,
  control: RunControl,
  onMessage: (message: FromTraining) => void,
): Promise<void> {
  const operation = OPERATIONS[request.kind];
  if (control.signal?.aborted) return Promise.reject(new CancelledError(operation));
  const child = spawnProcess(entryFile('training'), { nodeFlags: [], env: {}, stderr: 'inherit' });
  // Children do not keep the host alive; a job that someone waits for does.
  const keepAlive = setInterval(() => {}, 2 ** 30);
  let deadline: NodeJS.Timeout | undefined;
  const cancel = (): void => {
    child.send({ type: 'cancel' });
    deadline = setTimeout(child.kill, CANCEL_MS);
  };
  return new Promise<void>((resolve, reject) => {
    control.signal?.addEventListener('abort', cancel, { once: true });
    child.onMessage((received) => {
      const message = fromTrainingSchema.parse(received);
      if (message.type === 'progress') control.onProgress?.(message.progress);
      else if (message.type === 'error') reject(errorFromData(message.error, operation));
      else {
        onMessage(message);
        if (message.type === 'done') resolve();
      }
    });
    child.onExit((cause) => reject(endOf(cause, operation, control.signal?.aborted ?? false)));
    child.send({ type: 'start', request });
  }).finally(() => {
    clearInterval(keepAlive);
    clearTimeout(deadline);
    control.signal?.removeEventListener('abort', cancel);
    child.kill();
  });
}

function endOf(cause: string, operation: string, isCancelled: boolean): Error {
  if (isCancelled) return new CancelledError(operation);
  if (cause === 'SIGKILL')
    return new UserError(`${operation}: the training process was ended by the system, most likely for want of memory`, {
      hint: 'Use a smaller batch or a smaller transformer; a run can be continued with --resume.',
    });
  return new InternalError(`the training process ended: ${cause}`);
}

/** Fine-tunes in a process of its own and returns where the best adapter lies. Throws UserError, or CancelledError on `control.signal`. */
export async function runFineTune(
  request: Omit<z.input<typeof fineTuneRequestSchema>, 'kind'>,
  control: RunControl = {},
): Promise<FineTuneResult> {
  const full: FineTuneRequest = fineTuneRequestSchema.parse({ ...request, kind: 'fineTune' });
  let result: FineTuneResult | null = null;
  await runJob(full, control, (message) => {
    if (message.type === 'done') result = message.result;
  });
  if (result === null) throw new InternalError('the training process gave no result');
  return result;
}

/** Answers records in a process of its own, in their order: bins renormalised over the 101 answers, mean, sd and leaked mass. */
export async function answerQueries(
  request: Omit<z.input<typeof answerRequestSchema>, 'kind'>,
  control: RunControl = {},
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
