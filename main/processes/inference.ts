/** Entry of an inference process: programs in, posteriors out. It holds one program at a time and nothing worth stealing. */
import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { answerInference } from './answerInference.ts';
import type { InferenceReply, InferenceRequest } from './inferenceMessages.ts';
import { connectParent } from './parent.ts';
import { lockRealm } from './realm.ts';

/** Captures what the process needs, locks the realm, then serves. */
function serve(): void {
  const parent = connectParent();
  if (!parent) return;
  const clock = performance;
  const host = {
    load: (code: string, label: string): unknown => new Script(code, { filename: label }).runInThisContext(),
    now: () => clock.now() / 1000,
    reply: (reply: InferenceReply) => parent.send(reply),
  };
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  // The pool is the only one who sends, and it sends requests.
  parent.onMessage((message) => {
    const request = message as InferenceRequest;
    answerInference(request, hash(request.source), host);
  });
  lockRealm();
  parent.send({ id: 0, kind: 'ready' });
}

serve();
