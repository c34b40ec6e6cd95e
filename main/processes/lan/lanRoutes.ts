/** What the LAN server answers: the participant's pages, the exchange of a key, a station's calls and its live channel; all else is refused. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { z } from 'zod';
import { readJson } from '../../http/body.ts';
import { refuseRequest } from '../../http/gate.ts';
import { cookieValue, REFUSED, STATUS_OF, send, sendReply } from '../../http/respond.ts';
import { hashSecret } from '../../http/secret.ts';
import { findDataFlaw } from '../../ipc/plainData.ts';
import { CALL_RATES, MAX_DEPTH, MAX_INPUT_BYTES } from '../../ipc/router.ts';
import { createTokenBucket, type TokenBucket } from '../../ipc/tokenBucket.ts';
import type { Pages } from '../../pages/pages.ts';
import { type Ask, MAX_NAME_CHARACTERS, type PairedStation } from './lanMessages.ts';
import type { LiveChannels } from './liveChannels.ts';
import type { Strangers } from './strangers.ts';

const API = '/api/';
/** The path of the live channel. */
export const LIVE_PATH = '/live';
const MAX_KEY_BODY_BYTES = 1024;

const enterSchema = z.strictObject({ key: z.string().min(1).max(100) });

export type RoutesOptions = {
  /** The one host served, as `address:port`. */
  readonly host: string;
  readonly pages: Pages;
  readonly strangers: Strangers;
  readonly live: LiveChannels;
  /** Passes a key or a call to the host and waits for what it says. */
  readonly ask: Ask;
  readonly onRefuse: (remote: string, detail: string) => void;
  /** Ends a connection that asks too much. */
  readonly turnAway: (socket: Duplex) => void;
};

export type Routes = {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** The stations that are signed in from now on. */
  setStations(stations: readonly PairedStation[]): void;
};

/** The address a request came from. */
export const remoteOf = (request: IncomingMessage): string => request.socket.remoteAddress ?? 'unknown';

/** Who is signed in, by the cookie of a request. */
function createSignIn({ host, strangers }: RoutesOptions) {
  const cookieName = `credence-station-${host.slice(host.lastIndexOf(':') + 1)}`;
  const stationOf = new Map<string, string>();
  const rates = new Map<string, TokenBucket>();
  return {
    setStations(stations: readonly PairedStation[]): void {
      stationOf.clear();
      for (const { stationId, visitHash } of stations) stationOf.set(visitHash, stationId);
    },
    stationAt(request: IncomingMessage): string | undefined {
      const cookie = cookieValue(request.headers.cookie, cookieName);
      const stationId = cookie === undefined ? undefined : stationOf.get(hashSecret(cookie));
      if (stationId !== undefined) strangers.know(remoteOf(request), stationId);
      return stationId;
    },
    mayCall(stationId: string): boolean {
      const rate = rates.get(stationId) ?? createTokenBucket(CALL_RATES.participant, () => performance.now());
      rates.set(stationId, rate);
      return rate.take();
    },
    header: (cookie: string): string => `${cookieName}=${cookie}; Path=/; HttpOnly; SameSite=Strict`,
  };
}

/** The routes of one open network. */
export function createRoutes(options: RoutesOptions): Routes {
  const { host, pages, strangers, live, ask, onRefuse, turnAway } = options;
  const signIn = createSignIn(options);

  const refuse = (request: IncomingMessage, response: ServerResponse, status: number, detail: string): void => {
    onRefuse(remoteOf(request), `${status}: ${detail}`);
    if (!request.complete) response.setHeader('Connection', 'close');
    // A page that is not signed in is told so: it then asks for the station's code.
    const isSignedOut = status === STATUS_OF.unregistered;
    sendReply(response, status, isSignedOut ? { ...REFUSED, refusal: 'unregistered' } : REFUSED);
  };

  const enter = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const remote = remoteOf(request);
    if (!strangers.attempt(remote)) return refuse(request, response, STATUS_OF.rate, 'too many keys were tried');
    const body = await readJson(request, MAX_KEY_BODY_BYTES);
    if (!body.ok) return refuse(request, response, body.status, body.detail);
    const parsed = enterSchema.safeParse(body.value);
    if (!parsed.success) return refuse(request, response, 400, 'no key in the body');
    const { status, reply, cookie } = await ask({ kind: 'enter', key: parsed.data.key, remote });
    if (cookie === undefined) return refuse(request, response, status, 'the key is not good');
    strangers.succeed(remote);
    response.setHeader('Set-Cookie', signIn.header(cookie));
    sendReply(response, status, reply);
  };

  const call = async (name: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const stationId = signIn.stationAt(request);
    if (stationId === undefined) return refuse(request, response, STATUS_OF.unregistered, 'no station');
    if (!signIn.mayCall(stationId)) return refuse(request, response, STATUS_OF.rate, 'too many calls');
    const body = await readJson(request, MAX_INPUT_BYTES.participant);
    if (!body.ok) return refuse(request, response, body.status, body.detail);
    const flaw = findDataFlaw(body.value, { maxBytes: MAX_INPUT_BYTES.participant, maxDepth: MAX_DEPTH });
    if (flaw) return refuse(request, response, 400, flaw.detail);
    const { status, reply } = await ask({ kind: 'call', stationId, name, input: body.value });
    sendReply(response, status, reply);
  };

  const post = (path: string, request: IncomingMessage, response: ServerResponse): Promise<void> | void => {
    const name = path.startsWith(API) ? path.slice(API.length) : '';
    if (name === 'enter') return enter(request, response);
    if (name !== '' && name.length <= MAX_NAME_CHARACTERS) return call(name, request, response);
    refuse(request, response, 404, 'no such address');
  };

  /** Why an upgrade is turned away, with its status, or the station it is for. */
  const admitLive = (request: IncomingMessage): { stationId: string } | { status: number; detail: string } => {
    const refusal = refuseRequest(request, host);
    if (refusal) return refusal;
    if (request.headers.origin === undefined) return { status: 403, detail: 'Origin is missing' };
    if (request.url !== LIVE_PATH) return { status: 404, detail: 'no such address' };
    const stationId = signIn.stationAt(request);
    return stationId === undefined ? { status: STATUS_OF.unregistered, detail: 'no station' } : { stationId };
  };

  return {
    async handle(request, response) {
      if (!strangers.request(remoteOf(request))) return turnAway(request.socket);
      const refusal = refuseRequest(request, host);
      if (refusal) return refuse(request, response, refusal.status, refusal.detail);
      const path = (request.url ?? '/').split('?')[0];
      if (request.method === 'POST') return post(path, request, response);
      const page = pages('participant', path);
      if (!page) return refuse(request, response, 404, 'no such page');
      send(response, 200, page.type, page.body);
    },
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      if (!strangers.request(remoteOf(request))) return turnAway(socket);
      const admitted = admitLive(request);
      if ('stationId' in admitted) return live.accept(admitted.stationId, request, socket, head);
      onRefuse(remoteOf(request), `live channel: ${admitted.detail}`);
      socket.end(`HTTP/1.1 ${admitted.status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    },
    setStations: signIn.setStations,
  };
}
