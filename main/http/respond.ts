/** What both servers share: how a listening server is bounded, and how an answer is sent. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import { InternalError, UserError } from '../../shared/errors.ts';
import type { CallReply, ErrorReply, RefusalReason } from '../../shared/reply.ts';
import { SECURITY_HEADERS } from '../pages/headers.ts';

const LIMITS = {
  headerBytes: 16_384,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  keepAliveMs: 65_000,
  checkMs: 2_000,
  /** Connections that may wait to be accepted: a flood must not make a station's wait to be sent again. */
  backlog: 2048,
} as const;

/** The status a refused call is answered with. */
export const STATUS_OF: Readonly<Record<RefusalReason, number>> = {
  'sub-frame': 403,
  origin: 403,
  unregistered: 401,
  unseated: 409,
  'unknown-procedure': 404,
  role: 403,
  oversize: 413,
  rate: 429,
  input: 400,
};

/** The words of every refusal of a request, whatever the reason. */
export const REFUSED: ErrorReply = { ok: false, error: { kind: 'user', message: 'the request was refused' } };

/** A server whose requests end in bounded time and space. */
export function createBoundedServer(): Server {
  return createServer({
    maxHeaderSize: LIMITS.headerBytes,
    headersTimeout: LIMITS.headersTimeoutMs,
    requestTimeout: LIMITS.requestTimeoutMs,
    // How often these two are enforced; Node's own pace, 30 s, would stretch them.
    connectionsCheckingInterval: LIMITS.checkMs,
    keepAliveTimeout: LIMITS.keepAliveMs,
  });
}

/** Listens at `address` only, and gives the port. Throws UserError where the port or the address cannot be had. */
export function listen(server: Server, address: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(
          new UserError(`port ${port} of ${address} is in use`, { hint: 'choose another with --port, or 0 for any' }),
        );
      else if (error.code === 'EADDRNOTAVAIL')
        reject(
          new UserError(`${address} is no address of this machine`, {
            hint: 'is the network cable in, or the wireless network joined?',
          }),
        );
      else reject(error);
    });
    server.listen(port, address, LIMITS.backlog, () => {
      const bound = server.address();
      if (bound === null || typeof bound === 'string') reject(new InternalError('a server without a port'));
      else resolve(bound.port);
    });
  });
}

/** Sends a whole answer with the strict headers. */
export function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { ...SECURITY_HEADERS, 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

export const sendReply = (response: ServerResponse, status: number, reply: CallReply): void =>
  send(response, status, 'application/json', JSON.stringify(reply));

/** The value of the cookie `name` in a Cookie header. */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  const wanted = `${name}=`;
  const found = (header ?? '').split('; ').find((pair) => pair.startsWith(wanted));
  return found?.slice(wanted.length);
}
