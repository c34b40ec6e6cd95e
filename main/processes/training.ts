/** Entry of the training process: one job, messages in and out. Parsing of transformer files and all of onnxruntime happen here. */
import { errorToData } from '../../shared/errors.ts';
import { runAnswers, runLogProbs } from './answerRun.ts';
import { runChoose } from './chooseRun.ts';
import { runFineTune } from './fineTuneRun.ts';
import { runGenerate } from './generateRun.ts';
import { runMerge } from './mergeRun.ts';
import { openBackend } from './ortBackend.ts';
import { connectParent } from './parent.ts';
import { runPlan } from './planRun.ts';
import {
  type AnswerLogProbs,
  type ChooseLine,
  type FromTraining,
  type TrainingRequest,
  toTrainingSchema,
} from './trainingMessages.ts';

const PROGRESS_MS = 100;

/** Progress at most ten times a second, so that messages never cost more than the work. */
function createReporter(send: (message: FromTraining) => void) {
  let sentAt = Number.NEGATIVE_INFINITY;
  return (progress: Extract<FromTraining, { type: 'progress' }>['progress']): void => {
    const now = performance.now();
    const isEnd = progress.total !== undefined && progress.done >= progress.total;
    if (!isEnd && now - sentAt < PROGRESS_MS) return;
    sentAt = now;
    send({ type: 'progress', progress });
  };
}

async function runRequest(
  request: TrainingRequest,
  signal: AbortSignal,
  send: (message: FromTraining) => void,
): Promise<void> {
  const onProgress = createReporter(send);
  switch (request.kind) {
    case 'fineTune': {
      const backend = await openBackend(request.config.backend, request.config.threads ?? 1);
      send({ type: 'done', result: await runFineTune(request, backend, { signal, onProgress }) });
      break;
    }
    case 'answer': {
      const backend = await openBackend(request.device.backend, request.device.threads);
      await runAnswers(request, backend, {
        signal,
        onProgress,
        receive: (answers) => send({ type: 'answers', answers }),
      });
      send({ type: 'done', result: null });
      break;
    }
    case 'logProbs': {
      const backend = await openBackend(request.device.backend, request.device.threads);
      const receive = (lines: AnswerLogProbs[]): void => send({ type: 'logProbs', lines });
      await runLogProbs(request, backend, { signal, onProgress, receive });
      send({ type: 'done', result: null });
      break;
    }
    case 'merge':
      await runMerge(request, { signal, onProgress });
      send({ type: 'done', result: null });
      break;
    case 'generate': {
      const backend = await openBackend(request.device.backend, request.device.threads);
      send({ type: 'generated', check: await runGenerate(request, backend, { signal, onProgress }) });
      send({ type: 'done', result: null });
      break;
    }
    case 'plan':
      send({ type: 'plan', plan: await runPlan(request) });
      send({ type: 'done', result: null });
      break;
    case 'choose': {
      const backend = await openBackend(request.device.backend, request.device.threads);
      const receive = (lines: ChooseLine[]): void => send({ type: 'choices', lines });
      await runChoose(request, backend, { signal, onProgress, receive });
      send({ type: 'done', result: null });
      break;
    }
    default:
      request satisfies never;
  }
}

function serve(): void {
  const parent = connectParent();
  if (!parent) return;
  const send = (message: FromTraining): void => parent.send(message);
  const abort = new AbortController();
  parent.onMessage((received) => {
    const message = toTrainingSchema.parse(received);
    if (message.type === 'cancel') abort.abort();
    else
      runRequest(message.request, abort.signal, send).catch((error) =>
        send({ type: 'error', error: errorToData(error) }),
      );
  });
}

serve();
