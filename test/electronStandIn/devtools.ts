/** A client of Chromium's DevTools protocol over one WebSocket, with flat sessions per page. */

type Json = Record<string, unknown>;
type Listener = (params: Json) => void;

/** One page's side of the protocol, or the browser's. */
export type DevtoolsSession = {
  send(method: string, params?: Json): Promise<Json>;
  on(method: string, listener: Listener): void;
};

export type Devtools = {
  readonly browser: DevtoolsSession;
  /** The session with this id, as `Target.attachToTarget` returned it. */
  session(sessionId: string): DevtoolsSession;
  onClose(listener: () => void): void;
};

type Waiting = { readonly resolve: (result: Json) => void; readonly reject: (error: Error) => void };

/** Connects to the address Chromium prints as `DevTools listening on …`. */
export async function connectDevtools(address: string): Promise<Devtools> {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error(`stand-in: cannot connect to ${address}`)), { once: true });
  });
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Listener[]>();
  let lastId = 0;

  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data));
    if (message.id === undefined) {
      for (const listener of listeners.get(`${message.sessionId ?? ''} ${message.method}`) ?? [])
        listener(message.params);
      return;
    }
    const caller = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) caller?.reject(new Error(`stand-in: ${message.error.message}`));
    else caller?.resolve(message.result);
  });

  const sessionFor = (sessionId: string): DevtoolsSession => ({
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        socket.send(JSON.stringify({ id, method, params, ...(sessionId === '' ? {} : { sessionId }) }));
      }),
    on: (method, listener) => {
      const key = `${sessionId} ${method}`;
      listeners.set(key, [...(listeners.get(key) ?? []), listener]);
    },
  });

  return {
    browser: sessionFor(''),
    session: sessionFor,
    onClose: (listener) => socket.addEventListener('close', listener),
  };
}
