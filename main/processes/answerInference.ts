/** One request of the pool answered: the program compiled and run, every fault turned into a reply. Node children and windows alike use it. */
import { infer } from '../../engine/inference/infer.ts';
import { compile } from '../../engine/program/compile.ts';
import { errorToData } from '../../shared/errors.ts';
import type { InferenceReply, InferenceRequest } from './inferenceMessages.ts';

/** What a process captured before its realm was locked. */
export type AnswerHost = {
  /** The value of generated code, an expression. */
  readonly load: (code: string, label: string) => unknown;
  /** Seconds, from any beginning. */
  readonly now: () => number;
  readonly reply: (reply: InferenceReply) => void;
};

/** Runs one request; `programHash` is the SHA-256 of its source. */
export function answerInference(request: InferenceRequest, programHash: string, host: AnswerHost): void {
  const { id, source, file, options } = request;
  try {
    const posterior = infer(compile(source, { file }), options, {
      load: host.load,
      now: host.now,
      control: { onProgress: (progress) => host.reply({ id, kind: 'progress', progress }) },
    });
    host.reply({ id, kind: 'result', posterior: { ...posterior, programHash } });
  } catch (error) {
    host.reply({ id, kind: 'error', error: errorToData(error) });
  }
}
