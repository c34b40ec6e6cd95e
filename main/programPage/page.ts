/** The page of a hidden window that runs programs: gives each request a new worker and passes on what the worker says. */
import { errorToData, InternalError } from '../../shared/errors.ts';
import type { InferenceReply, InferenceRequest } from '../processes/inferenceMessages.ts';

function serve(port: MessagePort): void {
  let worker: Worker | undefined;
  const reply = (message: InferenceReply): void => port.postMessage(message);
  // The pool is the only one who sends, and it sends one request at a time.
  port.onmessage = ({ data }: MessageEvent<InferenceRequest>) => {
    worker?.terminate();
    worker = new Worker('/worker.js');
    worker.onmessage = ({ data: message }) => port.postMessage(message);
    worker.onerror = () =>
      reply({ id: data.id, kind: 'error', error: errorToData(new InternalError('a program ended its worker')) });
    worker.postMessage(data);
  };
}

window.addEventListener('message', ({ ports: [port] }) => port && serve(port), { once: true });
