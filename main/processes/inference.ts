/** Entry of an inference process: programs in, posteriors out. It holds one program at a time and nothing worth stealing. */
import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { answerInference } from './answerInference.ts';
import type { InferenceReply, InferenceRequest } from './inferenceMessages.ts';
import { lockRealm } from './realm.ts';

/** Captures what the process needs, locks the realm, then serves. */
function serve(): void {
  const send = process.send?.bind(process);
  if (!send) return;
  const clock = performance;
  const host = {
    load: (code: string, label: string): unknown => new Script(code, { filename: label }).runInThisContext(),
    now: () => clock.now() / 1000,
    reply: (reply: InferenceReply) => void send(reply),
  };
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  process.on('message', (request: InferenceRequest) => answerInference(request, hash(request.source), host));
  process.on('disconnect', () => process.exit());
  lockRealm();
  send({ id: 0, kind: 'ready' });
}

serve();
