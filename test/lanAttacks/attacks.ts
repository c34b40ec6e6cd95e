/** The attacks on a lab network: each runs for a while and says what it tried and what got through, which must be nothing. */
import type { Outcome, Target } from './attackMessages.ts';
import { attackerAddress, exchange, openSocket, statusOf } from './rawSocket.ts';

type Attack = (target: Target, ms: number) => Promise<Outcome>;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs `attempt` again and again until `ms` have passed, `lanes` at a time; a text it gives is a breach. */
async function repeat(
  ms: number,
  lanes: number,
  attempt: (n: number) => Promise<string | undefined>,
): Promise<Outcome> {
  const until = performance.now() + ms;
  const breaches: string[] = [];
  let tried = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() < until) {
      const breach = await attempt(tried++);
      if (breach !== undefined && breaches.length < 20) breaches.push(breach);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { tried, breaches };
}

const jsonHead = ({ host, origin }: Target): string =>
  `Host: ${host}\r\nOrigin: ${origin}\r\nContent-Type: application/json`;

/** Connections that send a header a byte at a time and never end it. */
const slowLoris: Attack = async (target, ms) => {
  const sockets = Array.from({ length: 400 }, (_, n) => {
    const socket = openSocket(target, attackerAddress(n % 40));
    socket.on('connect', () => socket.write(`GET / HTTP/1.1\r\nHost: ${target.host}\r\nX-Slow: `));
    return socket;
  });
  for (const until = performance.now() + ms; performance.now() < until; ) {
    for (const socket of sockets) if (socket.writable) socket.write('x');
    await sleep(500);
  }
  for (const socket of sockets) socket.destroy();
  return { tried: sockets.length, breaches: [] };
};

/** Bodies of a gigabyte: stated, streamed in chunks, and streamed by a station that is signed in. */
const hugeBodies: Attack = (target, ms) =>
  repeat(ms, 4, async (n) => {
    const cookie = n % 2 === 0 ? `\r\nCookie: ${target.cookie}` : '';
    const path = n % 3 === 0 ? '/api/enter' : '/api/participant.submit';
    const length = n % 4 < 2 ? 'Content-Length: 1000000000' : 'Transfer-Encoding: chunked';
    const socket = openSocket(target, attackerAddress(n));
    let received = '';
    let sent = 0;
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1');
    });
    const block = n % 4 < 2 ? Buffer.alloc(65_536, 0x20) : Buffer.from(`10000\r\n${' '.repeat(65_536)}\r\n`);
    await new Promise((resolve) => {
      const pump = (): void => {
        while (!socket.destroyed && sent < 1e9) {
          sent += block.length;
          if (!socket.write(block)) return;
        }
      };
      socket.on('connect', () => {
        socket.write(`POST ${path} HTTP/1.1\r\n${jsonHead(target)}${cookie}\r\n${length}\r\n\r\n`);
        pump();
      });
      socket.on('drain', pump);
      socket.setTimeout(3000, () => socket.destroy());
      socket.on('close', resolve);
    });
    const status = statusOf(received);
    if (status === 200) return `a body of ${sent} bytes was answered 200`;
    return sent > 64e6 ? `${sent} bytes of a body were taken` : undefined;
  });

const SMUGGLED = 'POST /api/participant.heartbeat HTTP/1.1\r\n';

/** Requests that two readers would cut apart differently, and other forms no page sends. */
function smugglingTexts(target: Target): string[] {
  const head = `${jsonHead(target)}\r\nCookie: ${target.cookie}`;
  const inner = `${SMUGGLED}${head}\r\nContent-Length: 2\r\n\r\n{}`;
  const post = 'POST /api/enter HTTP/1.1\r\n';
  return [
    `${post}${head}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
    `${post}${head}\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${inner}`,
    `${post}${head}\r\nContent-Length: 2\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`,
    `${post}${head}\r\nContent-Length: +2\r\n\r\n{}${inner}`,
    `${post}${head}\r\nContent-Length: 0x2\r\n\r\n{}${inner}`,
    `${post}${head}\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${inner}`,
    `${post}${head}\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${inner}`,
    `${post}${head}\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n${inner}`,
    `${post}${head}\r\nTransfer-Encoding:\tchunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${inner}`,
    `${post}${head}\r\nTransfer-Encoding: chunked\r\n\r\n0;x=${'y'.repeat(20_000)}\r\n\r\n${inner}`,
    `${post}${head}\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n${inner}`,
    `${post}${head}\r\nX-Fold: a\r\n b: c\r\nContent-Length: 2\r\n\r\n{}`,
    `GET / HTTP/1.1\nHost: ${target.host}\n\n${inner}`,
    `GET http://${target.host}/ HTTP/1.1\r\nHost: ${target.host}\r\n\r\n`,
    `GET //evil.example/ HTTP/1.1\r\nHost: ${target.host}\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: ${target.host}\r\nHost: evil.example\r\n\r\n`,
    `GET / HTTP/1.0\r\n\r\n`,
    `GET / HTTP/2.0\r\nHost: ${target.host}\r\n\r\n`,
    `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`,
    `CONNECT evil.example:80 HTTP/1.1\r\nHost: ${target.host}\r\n\r\n`,
    `TRACE / HTTP/1.1\r\nHost: ${target.host}\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: ${target.host}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    `GET /${'x'.repeat(4000)} HTTP/1.1\r\nHost: ${target.host}\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: ${target.host}\r\n${'A: b\r\n'.repeat(3000)}\r\n`,
    `GET /\0 HTTP/1.1\r\nHost: ${target.host}\r\n\r\n`,
    `\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03`,
    `\r\n\r\n\r\n`,
  ];
}

const smuggling: Attack = (target, ms) => {
  const texts = smugglingTexts(target);
  return repeat(ms, 4, async (n) => {
    const text = texts[n % texts.length];
    const raw = await exchange(target, text, attackerAddress(n), 500);
    // The inner request would be answered with 200 by the station whose cookie it carries, or 409 while nobody is seated.
    const isThrough = /HTTP\/1\.1 (2\d\d|409) /.test(raw);
    return isThrough ? `${JSON.stringify(text.slice(0, 120))} → ${raw.slice(0, 40)}` : undefined;
  });
};

const ROUTES = ['/', '/assets/x.js', '/api/enter', '/api/participant.screen', '/api/participant.submit', '/live', '/x'];

/** Every route under wrong Hosts and wrong Origins, over HTTP and as a live channel. */
const wrongHostAndOrigin: Attack = (target, ms) => {
  const { host, origin, port, hostname } = target;
  const hosts = ['evil.example', `localhost:${port}`, hostname, `${host}.evil.example`, `${hostname}:1`, '', '[::1]'];
  const origins = ['http://evil.example', 'null', `http://localhost:${port}`, `https://${host}`, `${origin}.evil`, ''];
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ';
  const key = 'AAAAAAAAAAAAAAAAAAAAAA==';
  const cases = ROUTES.flatMap((route) => [
    ...hosts.flatMap((wrong) => [
      `GET ${route} HTTP/1.1\r\nHost: ${wrong}\r\nCookie: ${target.cookie}\r\nConnection: close\r\n\r\n`,
      `POST ${route} HTTP/1.1\r\nHost: ${wrong}\r\nOrigin: http://${wrong}\r\nContent-Type: application/json\r\nCookie: ${target.cookie}\r\nContent-Length: 2\r\n\r\n{}`,
      `GET ${route} HTTP/1.1\r\nHost: ${wrong}\r\nOrigin: http://${wrong}\r\nCookie: ${target.cookie}\r\n${upgrade}${key}\r\n\r\n`,
    ]),
    ...origins.flatMap((wrong) => [
      `POST ${route} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${wrong}\r\nContent-Type: application/json\r\nCookie: ${target.cookie}\r\nContent-Length: 2\r\n\r\n{}`,
      `GET ${route} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${wrong}\r\nCookie: ${target.cookie}\r\n${upgrade}${key}\r\n\r\n`,
    ]),
    `POST ${route} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nCookie: ${target.cookie}\r\nContent-Length: 2\r\n\r\n{}`,
    `GET ${route} HTTP/1.1\r\nHost: ${host}\r\nCookie: ${target.cookie}\r\n${upgrade}${key}\r\n\r\n`,
  ]);
  return repeat(ms, 4, async (n) => {
    const text = cases[n % cases.length];
    const status = statusOf(await exchange(target, text, attackerAddress(n), 500));
    return status === 0 || (status >= 400 && status !== 409)
      ? undefined
      : `${JSON.stringify(text.slice(0, 160))} → ${status}`;
  });
};

/** Keys, codes and cookies tried as fast as the server answers, from many addresses. */
const guessing: Attack = (target, ms) =>
  repeat(ms, 32, async (n) => {
    const isCookie = n % 4 === 0;
    const guess =
      n % 2 === 0 ? `${n}`.padStart(6, '2') : Buffer.from(`guess ${n}`.padEnd(24, '.')).toString('base64url');
    const body = isCookie ? '{}' : JSON.stringify({ key: guess });
    const cookie = isCookie ? `\r\nCookie: ${target.cookie.split('=')[0]}=${guess}` : '';
    const path = isCookie ? '/api/participant.screen' : '/api/enter';
    const text = `POST ${path} HTTP/1.1\r\n${jsonHead(target)}${cookie}\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const raw = await exchange(target, text, attackerAddress(n), 2000);
    return statusOf(raw) === 200 || /set-cookie/i.test(raw) ? `the guess ${guess} opened ${path}` : undefined;
  });

/** Whole pages asked for without end over connections that stay open. */
const requestFlood: Attack = async (target, ms) => {
  const text = `GET / HTTP/1.1\r\nHost: ${target.host}\r\n\r\n`.repeat(20);
  return repeat(ms, 64, async (n) => {
    await exchange(target, text, attackerAddress(n % 40), 1000);
    return undefined;
  });
};

/** Connections opened and held or dropped without a word, ten thousand and more. */
const connectionFlood: Attack = (target, ms) =>
  repeat(ms, 256, async (n) => {
    const socket = openSocket(target, attackerAddress(n));
    await new Promise((resolve) => {
      socket.on('close', resolve);
      socket.setTimeout(200, () => socket.destroy());
    });
    return undefined;
  });

/** Live channels asked for without a cookie, and one that is signed in sending messages large and small. */
const liveFlood: Attack = (target, ms) =>
  repeat(ms, 32, async (n) => {
    const cookie = n % 4 === 0 ? `Cookie: ${target.cookie}\r\n` : '';
    const mask = '\x00\x00\x00\x00';
    const small = `\x81\x84${mask}flood`.slice(0, 10).repeat(200);
    const large = `\x82\xff\x00\x00\x00\x00\x3b\x9a\xca\x00${mask}${'x'.repeat(100_000)}`;
    const text = `GET /live HTTP/1.1\r\nHost: ${target.host}\r\nOrigin: ${target.origin}\r\n${cookie}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n${n % 8 < 4 ? small : large}`;
    const raw = await exchange(target, text, attackerAddress(n), 500);
    return cookie === '' && statusOf(raw) === 101 ? 'a live channel was opened without a cookie' : undefined;
  });

export const ATTACKS: Readonly<Record<string, Attack>> = {
  'slow loris': slowLoris,
  'huge bodies': hugeBodies,
  smuggling,
  'wrong Host and Origin': wrongHostAndOrigin,
  guessing,
  'request flood': requestFlood,
  'connection flood': connectionFlood,
  'live channel flood': liveFlood,
};
