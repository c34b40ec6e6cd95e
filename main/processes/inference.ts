/** Entry of an inference process: programs in, posteriors out. It holds one program at a time and nothing worth stealing. */
import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { infer } from '../../engine/inference/infer.ts';
import { compile } from '../../engine/program/compile.ts';
import { errorToData } from '../../shared/errors.ts';
import type { InferenceReply, InferenceRequest } from './inferenceMessages.ts';
import { connectParent } from './parent.ts';
import { lockRealm } from './realm.ts';

/** Runs one request; every fault becomes a reply. */
function answer(
  request: InferenceRequest,
  host: {
    readonly now: () => number;
    readonly hash: (text: string) => string;
    readonly reply: (reply: InferenceReply) => void;
  },
): void {
  const { id, source, file, options } = request;
  try {
    const program = compile(source, { file });
    const posterior = infer(program, options, {
      load: (code, label) => new Script(code, { filename: label }).runInThisContext(),
      now: host.now,
      control: { onProgress: (progress) => host.reply({ id, kind: 'progress', progress }) },
    });
    host.reply({ id, kind: 'result', posterior: { ...posterior, programHash: host.hash(source) } });
  } catch (error) {
    host.reply({ id, kind: 'error', error: errorToData(error) });
  }
}

/** Captures what the process needs, locks the realm, then serves. */
function serve(): void {
  const parent = connectParent();
  if (!parent) return;
  const clock = performance;
  const host = {
    now: () => clock.now() / 1000,
    hash: (text: string) => createHash('sha256').update(text).digest('hex'),
    reply: (reply: InferenceReply) => parent.send(reply),
  };
  // The pool is the only one who sends, and it sends requests.
  parent.onMessage((message) => answer(message as InferenceRequest, host));
  lockRealm();
  parent.send({ id: 0, kind: 'ready' });
}

serve();
