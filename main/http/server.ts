/**
 * Browser mode: the renderer's pages and the contract over HTTP on this machine's loopback address.
 * Each role has a site of its own: the researcher's at `/`, the participant's at `/participant/`; a site's procedures are `api/NAME`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Caller, Handlers, Role, ShellHandlers } from '../../shared/api.ts';
import { createRouter, MAX_INPUT_BYTES, type Router, type Sender } from '../ipc/router.ts';
import type { RouterEvent } from '../ipc/routerEvent.ts';
import { SECURITY_HEADERS } from '../pages/headers.ts';
import type { Pages } from '../pages/pages.ts';
import { type Access, createAccess } from './access.ts';
import { readJson } from './body.ts';
import { refuseRequest } from './gate.ts';
import { cookieValue, createBoundedServer, listen, REFUSED, STATUS_OF, send, sendReply } from './respond.ts';

const LOOPBACK = '127.0.0.1';
const MAX_CONNECTIONS = 64;

export type ServerOptions = {
  readonly handlers: Handlers & Pick<ShellHandlers, 'events.next'>;
  readonly pages: Pages;
  /** 0 for any free port. */
  readonly port: number;
  readonly log: (event: RouterEvent) => void;
};

/** `address` is the one to open: it holds the researcher's key, which stays good as long as the server runs. */
export type BrowserServer = { readonly address: string; readonly origin: string; close(): Promise<void> };

type Site = { readonly role: Role; readonly prefix: '' | '/participant'; readonly path: string };
type Context = {
  readonly host: string;
  readonly router: Router;
  readonly access: Access;
  readonly pages: Pages;
  readonly log: (event: RouterEvent) => void;
};

const enterSchema = z.strictObject({ key: z.string().min(1).max(100) });

function siteOf(url: string): Site {
  const path = url.split('?')[0];
  return path.startsWith('/participant/')
    ? { role: 'participant', prefix: '/participant', path: path.slice('/participant'.length) }
    : { role: 'researcher', prefix: '', path };
}

/** Turns a request away with the same words whatever the reason; a body that was not read ends the connection. */
function refuse(context: Context, request: IncomingMessage, response: ServerResponse, status: number, detail: string) {
  const sender = request.socket.remoteAddress ?? 'unknown';
  context.log({ kind: 'refused', procedure: '(http)', sender, reason: 'origin', detail: `${status}: ${detail}` });
  if (!request.complete) response.setHeader('Connection', 'close');
  sendReply(response, status, REFUSED);
}

// Cookies are shared by all ports of an address, so the name holds the port.
const cookieName = (context: Context, role: Role): string => `credence-${role}-${context.host.split(':')[1]}`;

const cookieOf = (context: Context, request: IncomingMessage, role: Role): string | undefined =>
  cookieValue(request.headers.cookie, cookieName(context, role));

async function enter(context: Context, site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readJson(request, 1024);
  if (!body.ok) return refuse(context, request, response, body.status, body.detail);
  const parsed = enterSchema.safeParse(body.value);
  if (!parsed.success) return refuse(context, request, response, 400, 'no key in the body');
  const cookie = context.access.enter(parsed.data.key, site.role);
  if (typeof cookie !== 'string')
    return refuse(context, request, response, cookie.problem === 'limited' ? 429 : 401, `key ${cookie.problem}`);
  const attributes = `Path=${site.prefix}/api; HttpOnly; SameSite=Strict`;
  response.setHeader('Set-Cookie', `${cookieName(context, site.role)}=${cookie}; ${attributes}`);
  sendReply(response, 200, { ok: true, value: null });
}

async function call(context: Context, site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readJson(request, MAX_INPUT_BYTES[site.role]);
  if (!body.ok) return refuse(context, request, response, body.status, body.detail);
  const visit = context.access.visitOf(cookieOf(context, request, site.role));
  const sender: Sender = {
    id: visit?.id ?? 'nobody',
    caller: visit?.caller ?? null,
    origin: request.headers.origin ?? null,
    expectedOrigin: `http://${context.host}`,
    // No page of ours may be framed (frame-ancestors 'none'), and a frame of another site has another origin.
    isMainFrame: true,
  };
  const reply = await context.router.call(site.path.slice('/api/'.length), body.value, sender);
  sendReply(response, reply.ok ? 200 : reply.refusal ? STATUS_OF[reply.refusal] : 422, reply);
}

async function handle(context: Context, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refusal = refuseRequest(request, context.host);
  if (refusal) return refuse(context, request, response, refusal.status, refusal.detail);
  const url = request.url ?? '/';
  if (url === '/participant') {
    response.writeHead(308, { ...SECURITY_HEADERS, Location: '/participant/' }).end();
    return;
  }
  const site = siteOf(url);
  if (request.method === 'POST') {
    if (site.path === '/api/enter') return enter(context, site, request, response);
    if (site.path.startsWith('/api/')) return call(context, site, request, response);
    return refuse(context, request, response, 404, 'no such address');
  }
  const page = context.pages(site.role, site.path);
  if (!page) return refuse(context, request, response, 404, 'no such page');
  send(response, 200, page.type, page.body);
}

/** Starts the server on 127.0.0.1. Throws UserError where the port is taken. */
export async function startServer(options: ServerOptions): Promise<BrowserServer> {
  const nowMs = (): number => performance.now();
  const access = createAccess(nowMs);
  const server = createBoundedServer();
  server.maxConnections = MAX_CONNECTIONS;
  const host = `${LOOPBACK}:${await listen(server, LOOPBACK, options.port)}`;
  const origin = `http://${host}`;
  const seat = (caller: Caller, isSingleUse: boolean, path: string): string =>
    `${origin}${path}#key=${access.grant(caller, isSingleUse)}`;
  const router = createRouter(
    {
      ...options.handlers,
      'stations.open': ({ participantId }) => ({
        address: seat({ role: 'participant', participantId }, true, '/participant/'),
      }),
    },
    { log: options.log, nowMs },
  );
  const context: Context = { host, router, access, pages: options.pages, log: options.log };
  server.on('request', (request, response) => {
    handle(context, request, response).catch((error: unknown) => {
      options.log({ kind: 'failed', procedure: '(http)', sender: 'server', reason: 'error', detail: String(error) });
      if (!response.headersSent) response.writeHead(500, SECURITY_HEADERS);
      response.end();
    });
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { address: seat({ role: 'researcher' }, false, '/'), origin, close };
}
