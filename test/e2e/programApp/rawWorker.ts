/**
 * A worker without the language layers: it runs the source as plain JavaScript, in a locked realm unless the source begins with `//no-realm`.
 * It shows what layers 3 and 4 hold by themselves.
 */

import type { InferenceRequest } from '../../../main/processes/inferenceMessages.ts';
import { lockRealm } from '../../../main/processes/realm.ts';
import { createHasher, createLoader, DELIVER } from '../../../main/programPage/capture.ts';

const post = postMessage.bind(globalThis);
const [load, hash, text] = [createLoader(), createHasher(), String];

addEventListener(
  'message',
  async ({ data: { id, source } }: MessageEvent<InferenceRequest>) => {
    if (!source.startsWith('//no-realm')) lockRealm([DELIVER]);
    const programHash = await hash(source);
    try {
      const value = await load(`(function () { return (\n${source}\n) })()`, 'raw');
      const support = [typeof value === 'number' ? value : text(value)];
      const queries = { value: { mean: null, sd: null, mcse: null, bins: null, support, probs: [1] } };
      const figures = { executions: 1, seed: 1, seconds: 0, executionsPerSecond: 0, warnings: [], programHash };
      post({ id, kind: 'result', posterior: { queries, method: 'forward', ...figures } });
    } catch (error) {
      post({
        id,
        kind: 'error',
        error: { kind: 'user', message: error instanceof Error ? error.message.slice(0, 300) : 'thrown' },
      });
    }
  },
  { once: true },
);
