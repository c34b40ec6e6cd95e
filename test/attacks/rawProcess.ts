/**
 * A program process without the language layers: it runs the source as plain JavaScript, in a locked realm unless the source begins with
 * `//no-realm`. It shows what layers 3 and 4 hold by themselves.
 */
import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import type { InferenceRequest } from '../../main/processes/inferenceMessages.ts';
import { lockRealm } from '../../main/processes/realm.ts';

const send = process.send?.bind(process);
const number = Math.floor;
const text = String;
const hash = (source: string): string => createHash('sha256').update(source).digest('hex');
let isLocked = false;

process.on('message', ({ id, source }: InferenceRequest) => {
  if (!isLocked && !source.startsWith('//no-realm')) {
    lockRealm();
    isLocked = true;
  }
  try {
    const value: unknown = new Script(source).runInThisContext();
    const support = [typeof value === 'number' ? number(value) : text(value)];
    const queries = { value: { mean: null, sd: null, mcse: null, bins: null, support, probs: [1] } };
    send?.({
      id,
      kind: 'result',
      posterior: {
        queries,
        method: 'forward',
        executions: 1,
        seed: 1,
        seconds: 0,
        executionsPerSecond: 0,
        warnings: [],
        programHash: hash(source),
      },
    });
  } catch (error) {
    send?.({
      id,
      kind: 'error',
      error: { kind: 'user', message: error instanceof Error ? error.message.slice(0, 500) : 'thrown' },
    });
  }
});
