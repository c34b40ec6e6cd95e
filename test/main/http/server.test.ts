/** Browser mode over real sockets: what it serves, what it refuses, and that a key opens the right role only. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserServer, startServer } from '../../../main/http/server.ts';
import type { RouterEvent } from '../../../main/ipc/routerEvent.ts';
import { CONTENT_POLICY } from '../../../main/pages/headers.ts';
import { PROCEDURES } from '../../../shared/api.ts';
import type { CallReply } from '../../../shared/reply.ts';
import { createExampleHandlers } from '../ipc/exampleHandlers.ts';
import { procedureExamples } from '../ipc/procedureExamples.ts';

type Answer = { status: number; headers: IncomingMessage['headers']; body: string };

const { handlers, reached } = createExampleHandlers();
const events: RouterEvent[] = [];
let server: BrowserServer;
let port: number;

const page = (text: string) => ({ type: 'text/html; charset=utf-8', body: Buffer.from(text) });

beforeAll(async () => {
  server = await startServer({
    handlers,
    pages: (role, path) => (path === '/' ? page(`${role} page`) : undefined),
    port: 0,
    log: (event) => events.push(event),
  });
  port = Number(new URL(server.origin).port);
});
afterAll(() => server.close());

/** One request with exactly these headers; `body` null for none. */
function send(method: string, path: string, headers: Record<string, string>, body: string | null): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    request.on('error', reject);
    request.end(body ?? undefined);
  });
}

/** Bytes as they are, and everything that comes back until the server closes or a second passes. */
function sendRaw(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let received = '';
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString();
    });
    socket.setTimeout(1000, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(received));
  });
}

const post = (path: string, value: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  send(
    'POST',
    path,
    { host: `127.0.0.1:${port}`, origin: server.origin, 'content-type': 'application/json', ...headers },
    JSON.stringify(value),
  );

const replyOf = (answer: Answer): CallReply => JSON.parse(answer.body);
const keyOf = (address: string): string => new URL(address).hash.slice('#key='.length);

async function enter(address: string): Promise<string> {
  const path = new URL(address).pathname;
  const answer = await post(`${path}api/enter`, { key: keyOf(address) });
  expect(answer.status).toBe(200);
  return String(answer.headers['set-cookie']?.[0]).split(';')[0];
}

async function openStation(cookie: string): Promise<string> {
  const reply = replyOf(await post('/api/stations.open', { participantId: 'participant-1' }, { cookie }));
  if (!reply.ok) throw new Error(reply.error.message);
  return (reply.value as { address: string }).address;
}

describe('pages', () => {
  it('serves each role its first page with the strict policy and without CORS', async () => {
    for (const [path, text] of [
      ['/', 'researcher page'],
      ['/participant/', 'participant page'],
    ]) {
      const answer = await send('GET', path, { host: `127.0.0.1:${port}` }, null);
      expect(answer).toMatchObject({ status: 200, body: text });
      expect(answer.headers['content-security-policy']).toBe(CONTENT_POLICY);
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('serves nothing outside the table, however the path is written', async () => {
    const paths = [
      '/../package.json',
      '/%2e%2e/package.json',
      '/..%2fpackage.json',
      '/index.html\0',
      '/api',
      '/.git/config',
    ];
    for (const path of paths) {
      const raw = await sendRaw(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
      expect(raw, path).toMatch(/^HTTP\/1\.1 (400|404) /);
    }
  });
});

describe('access', () => {
  it('exchanges the printed key for a cookie scripts cannot read and other sites do not send', async () => {
    const answer = await post('/api/enter', { key: keyOf(server.address) });
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      /^credence-researcher-\d+=[\w-]{32}; Path=\/api; HttpOnly; SameSite=Strict$/,
    );
  });

  it('answers every host procedure to the right cookie and refuses each one without', async () => {
    const researcher = await enter(server.address);
    const participant = await enter(await openStation(researcher));
    for (const [name, { role }] of Object.entries(PROCEDURES)) {
      const path = role === 'participant' ? `/participant/api/${name}` : `/api/${name}`;
      const { input } = procedureExamples[name as keyof typeof PROCEDURES];
      const cookie = role === 'participant' ? participant : researcher;
      expect(await post(path, input, { cookie }), name).toMatchObject({ status: 200 });
      expect(await post(path, input), name).toMatchObject({ status: 401 });
      expect(await post(path, input, { cookie: `${cookie.split('=')[0]}=guess` }), name).toMatchObject({ status: 401 });
    }
    expect(reached.find(({ name }) => name === 'participant.submit')?.caller).toEqual({
      role: 'participant',
      participantId: 'participant-1',
    });
  });

  it('keeps the roles apart: a cookie of one opens nothing of the other', async () => {
    const researcher = await enter(server.address);
    const participant = await enter(await openStation(researcher));
    const value = (cookie: string): string => cookie.split('=')[1];
    const forged = `credence-researcher-${port}=${value(participant)}`;
    expect(await post('/api/studies.list', {}, { cookie: forged })).toMatchObject({ status: 403 });
    const other = `credence-participant-${port}=${value(researcher)}`;
    expect(await post('/participant/api/participant.screen', {}, { cookie: other })).toMatchObject({ status: 403 });
    expect(await post('/participant/api/studies.list', {}, { cookie: participant })).toMatchObject({ status: 403 });
  });
});

describe('refusals', () => {
  it('turns away a wrong Host, whatever the route', async () => {
    for (const host of ['evil.example', `localhost:${port}`, '127.0.0.1', `127.0.0.1:${port}.evil.example`])
      for (const path of ['/', '/participant/', '/api/enter', '/api/studies.list'])
        expect(await send('GET', path, { host }, null), `${host} ${path}`).toMatchObject({ status: 421 });
  });

  it('turns away a wrong or missing Origin, another site, another content type and another method', async () => {
    const cookie = await enter(server.address);
    const path = '/api/studies.list';
    for (const origin of ['http://evil.example', 'null', `http://localhost:${port}`, `https://127.0.0.1:${port}`])
      expect(await post(path, {}, { cookie, origin }), origin).toMatchObject({ status: 403 });
    const head = { host: `127.0.0.1:${port}`, 'content-type': 'application/json', cookie };
    expect(await send('POST', path, head, '{}')).toMatchObject({ status: 403 });
    expect(await post(path, {}, { cookie, 'sec-fetch-site': 'cross-site' })).toMatchObject({ status: 403 });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-8'])
      expect(await post(path, {}, { cookie, 'content-type': type }), type).toMatchObject({ status: 415 });
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH'])
      expect(await send(method, path, { ...head, origin: server.origin }, null), method).toMatchObject({ status: 405 });
  });

  it('turns away a body over the limit, by its stated length and by its bytes, and one that is not JSON', async () => {
    const cookie = await enter(server.address);
    const head = `Host: 127.0.0.1:${port}\r\nOrigin: ${server.origin}\r\nContent-Type: application/json\r\nCookie: ${cookie}`;
    const stated = await sendRaw(`POST /api/studies.list HTTP/1.1\r\n${head}\r\nContent-Length: 1000000000\r\n\r\n{`);
    expect(stated).toMatch(/^HTTP\/1\.1 413 /);
    const chunk = `20000\r\n${'x'.repeat(0x20000)}\r\n`;
    const streamed = await sendRaw(
      `POST /api/studies.list HTTP/1.1\r\n${head}\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(9)}`,
    );
    expect(streamed).toMatch(/^HTTP\/1\.1 413 /);
    expect(
      await send(
        'POST',
        '/api/studies.list',
        { host: `127.0.0.1:${port}`, origin: server.origin, 'content-type': 'application/json', cookie },
        '{',
      ),
    ).toMatchObject({ status: 400 });
  });

  it('turns away smuggling, absolute addresses, repeated headers and oversized headers', async () => {
    const host = `Host: 127.0.0.1:${port}`;
    const rest = `Origin: ${server.origin}\r\nContent-Type: application/json`;
    const attempts = [
      `POST /api/enter HTTP/1.1\r\n${host}\r\n${rest}\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      `GET http://127.0.0.1:${port}/ HTTP/1.1\r\n${host}\r\n\r\n`,
      `GET //evil.example/ HTTP/1.1\r\n${host}\r\n\r\n`,
      `GET / HTTP/1.1\r\n${host}\r\nHost: evil.example\r\n\r\n`,
      `GET / HTTP/1.1\r\n${host}\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
      `GET /${'x'.repeat(3000)} HTTP/1.1\r\n${host}\r\n\r\n`,
      'GET / HTTP/1.1\r\n\r\n',
    ];
    for (const attempt of attempts) expect(await sendRaw(attempt), attempt.slice(0, 60)).toMatch(/^HTTP\/1\.1 4\d\d /);
  });

  it('says the same words whatever the reason, and logs each one', async () => {
    const before = events.length;
    const bodies = [
      (await send('GET', '/', { host: 'evil.example' }, null)).body,
      (await send('GET', '/nothing', { host: `127.0.0.1:${port}` }, null)).body,
      (await post('/api/studies.list', {}, { origin: 'null' })).body,
    ];
    expect(new Set(bodies).size).toBe(1);
    expect(events.length - before).toBe(3);
  });
});

describe('keys', () => {
  it('are single use for stations, and unknown ones are refused, then limited', async () => {
    const own = await startServer({ handlers, pages: () => undefined, port: 0, log: () => undefined });
    const ownPort = new URL(own.origin).port;
    const head = { host: `127.0.0.1:${ownPort}`, origin: own.origin, 'content-type': 'application/json' };
    const attempt = async (path: string, key: string, cookie = ''): Promise<Response> =>
      fetch(`${own.origin}${path}`, { method: 'POST', headers: { ...head, cookie }, body: JSON.stringify({ key }) });
    try {
      expect((await attempt('/api/enter', 'x'.repeat(32))).status).toBe(401);
      expect((await attempt('/participant/api/enter', keyOf(own.address))).status).toBe(401);
      const entered = await attempt('/api/enter', keyOf(own.address));
      expect(entered.status).toBe(200);
      const cookie = String(entered.headers.get('set-cookie')).split(';')[0];
      const opened = await fetch(`${own.origin}/api/stations.open`, {
        method: 'POST',
        headers: { ...head, cookie },
        body: JSON.stringify({ participantId: 'participant-1' }),
      });
      const { value } = (await opened.json()) as { value: { address: string } };
      expect((await attempt('/participant/api/enter', keyOf(value.address))).status).toBe(200);
      expect((await attempt('/participant/api/enter', keyOf(value.address))).status).toBe(401);
      for (const guess of ['a', 'b']) expect((await attempt('/api/enter', guess)).status).toBe(401);
      expect((await attempt('/api/enter', keyOf(own.address))).status).toBe(429);
    } finally {
      await own.close();
    }
  });

  it('a taken port is an error that says so', async () => {
    await expect(startServer({ handlers, pages: () => undefined, port, log: () => undefined })).rejects.toMatchObject({
      message: `port ${port} of 127.0.0.1 is in use`,
      hint: 'choose another with --port, or 0 for any',
    });
  });
});
