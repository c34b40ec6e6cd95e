/** A child's side of its channel, the same in plain Node and in Electron's utility processes. */

/** The way to the host that started this process. */
export type Parent = {
  readonly send: (message: unknown) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
};

/** What Electron puts into a utility process. */
type ParentPort = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
};

/**
 * The host, or undefined where nobody started this process as a child. A child ends with its host: then nobody can hear the result, and
 * what it has written holds.
 */
export function connectParent(): Parent | undefined {
  // Electron adds the port to `process`, which Node's own types do not know.
  const port = Reflect.get(process, 'parentPort') as ParentPort | undefined;
  if (port)
    return {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
    };
  const post = process.send?.bind(process);
  if (!post) return undefined;
  const { exit } = process;
  process.on('disconnect', () => exit());
  // A message that reaches nobody is no fault: the channel's end, which comes next, ends this process.
  const send = (message: unknown): void => void post(message, undefined, undefined, () => undefined);
  return { send, onMessage: (listener) => void process.on('message', listener) };
}
