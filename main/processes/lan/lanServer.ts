/**
 * The LAN server: the participant's page and the participant's procedures for paired stations, over HTTP and one WebSocket each, on one
 * address. It decides nothing itself: keys and calls are passed to the host.
 */
import { createBoundedServer, listen } from '../../http/respond.ts';
import { createTokenBucket } from '../../ipc/tokenBucket.ts';
import { SECURITY_HEADERS } from '../../pages/headers.ts';
import type { Pages } from '../../pages/pages.ts';
import type { Ask, FromLan, PairedStation } from './lanMessages.ts';
import { createRoutes, remoteOf } from './lanRoutes.ts';
import { createLiveChannels } from './liveChannels.ts';
import { createStrangers } from './strangers.ts';
import { createTarpit } from './tarpit.ts';

/** Refusals told to the host, so that a flood does not become one of log lines. */
const TOLD = { perSecond: 2, burst: 20 };
const MAX_DETAIL = 200;
const BAD_REQUEST = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

export type LanServerOptions = {
  readonly address: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly pages: Pages;
  readonly ask: Ask;
  readonly tell: (message: FromLan) => void;
};

export type LanServer = {
  readonly port: number;
  /** The stations that are signed in from now on. */
  setStations(stations: readonly PairedStation[]): void;
  /** Tells a station's page to look again. */
  changed(stationId: string): void;
  close(): Promise<void>;
};

/** Tells refusals at a bounded rate, with how many were not told since the last. */
function createRefusalTeller(tell: LanServerOptions['tell']): (remote: string, detail: string) => void {
  const rate = createTokenBucket(TOLD, () => performance.now());
  let suppressed = 0;
  return (remote, detail) => {
    if (!rate.take()) {
      suppressed++;
      return;
    }
    tell({ kind: 'refused', remote: remote.slice(0, MAX_DETAIL), detail: detail.slice(0, MAX_DETAIL), suppressed });
    suppressed = 0;
  };
}

/** Starts the server. Throws UserError where the address or the port cannot be had. */
export async function startLanServer(options: LanServerOptions): Promise<LanServer> {
  const { address, pages, ask, tell } = options;
  const strangers = createStrangers(() => performance.now());
  const onRefuse = createRefusalTeller(tell);
  const turnAway = createTarpit();
  const server = createBoundedServer();
  server.on('connection', (socket) => {
    const remote = socket.remoteAddress ?? 'unknown';
    if (strangers.connect(remote)) {
      socket.once('close', () => strangers.disconnect(remote));
      return;
    }
    onRefuse(remote, 'too many connections');
    turnAway(socket);
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end(BAD_REQUEST);
    else socket.destroy();
  });
  const port = await listen(server, address, options.port);
  const live = createLiveChannels((stationId, isConnected) => tell({ kind: 'connected', stationId, isConnected }));
  const host = `${address.includes(':') ? `[${address}]` : address}:${port}`;
  const routes = createRoutes({ host, pages, strangers, live, ask, onRefuse, turnAway });
  server.on('request', (request, response) => {
    routes.handle(request, response).catch((error: unknown) => {
      onRefuse(remoteOf(request), `failed: ${error}`);
      if (!response.headersSent) response.writeHead(500, SECURITY_HEADERS);
      response.end();
    });
  });
  server.on('upgrade', routes.upgrade);
  return {
    port,
    setStations(stations) {
      routes.setStations(stations);
      live.keepOnly(stations.map(({ stationId }) => stationId));
    },
    changed: live.tell,
    close: () =>
      new Promise((resolve) => {
        live.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
