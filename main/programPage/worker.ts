/**
 * The worker of a hidden window: runs one program. Generated code is loaded as blobs, since the policy lets nothing make code from strings;
 * everything else that reaches out of the language is gone before.
 */
import { answerInference } from '../processes/answerInference.ts';
import type { InferenceRequest } from '../processes/inferenceMessages.ts';
import { lockRealm } from '../processes/realm.ts';
import { createHasher, createLoader, DELIVER } from './capture.ts';

/** Captures what it needs, then serves one request in a locked realm. */
function serve(): void {
  const post = postMessage.bind(globalThis);
  const now = performance.now.bind(performance);
  const [load, hash] = [createLoader(), createHasher()];
  addEventListener(
    'message',
    async ({ data }: MessageEvent<InferenceRequest>) => {
      lockRealm([DELIVER]);
      const programHash = await hash(data.source);
      answerInference(data, programHash, { load, now: () => now() / 1000, reply: (reply) => post(reply) });
    },
    { once: true },
  );
}

serve();
