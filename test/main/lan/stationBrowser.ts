/** A station's browser for tests: sends requests from an address of its own, keeps its cookie, and opens its live channel. */
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { WebSocket } from 'ws';
import type { CallReply } from '../../../shared/reply.ts';

export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

export type Sent = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** A browser at `from`, an address of this machine's own loopback network, looking at `url`. */
export function createStationBrowser(url: string, from = '127.0.0.1') {
  const { hostname, port, host, origin } = new URL(url);
  // As a browser does: a few connections that stay open.
  const agent = new Agent({ keepAlive: true, maxSockets: 6 });
  let cookie: string | undefined;

  const send = (path: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const all = { host, ...(cookie === undefined ? {} : { cookie }), ...headers };
      const outgoing = httpRequest(
        { hostname, port, path, method, headers: all, localAddress: from, agent },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks).toString(),
            }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });

  const post = (path: string, value: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
    send(path, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(value),
    });

  return {
    send,
    post,
    /** Exchanges a key or code; gives the status. */
    async enter(key: string): Promise<number> {
      const answer = await post('/api/enter', { key });
      const set = answer.headers['set-cookie']?.[0];
      if (set) cookie = set.split(';')[0];
      return answer.status;
    },
    async call(name: string, input: unknown): Promise<CallReply> {
      return JSON.parse((await post(`/api/${name}`, input)).body);
    },
    /** The live channel, once it is open. Rejects where it is refused. */
    live: (headers: Readonly<Record<string, string>> = {}): Promise<WebSocket> =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`ws://${host}/live`, {
          localAddress: from,
          headers: { host, origin, ...(cookie === undefined ? {} : { cookie }), ...headers },
        });
        socket.once('open', () => resolve(socket));
        socket.once('error', reject);
      }),
    close: () => agent.destroy(),
    get cookie() {
      return cookie;
    },
  };
}
export type StationBrowser = ReturnType<typeof createStationBrowser>;

/** The key in a station's address. */
export const keyOf = (url: string): string => new URL(url).hash.slice('#key='.length);
