/** The gate: what a request must look like before anything is routed. Host, Origin, method, address and content type, each exact. */
import type { IncomingHttpHeaders } from 'node:http';

const MAX_ADDRESS_CHARACTERS = 2048;

/** What the gate sees of a request. `rawHeaders` alternates names and values as they arrived. */
export type RequestHead = {
  readonly method?: string;
  readonly url?: string;
  readonly httpVersion?: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
};

export type GateRefusal = { readonly status: 400 | 403 | 405 | 414 | 415 | 421; readonly detail: string };

const SINGLE_HEADERS = ['host', 'origin', 'content-type', 'content-length', 'cookie'];

function repeatedHeader(rawHeaders: readonly string[]): string | undefined {
  const names = rawHeaders.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase());
  return SINGLE_HEADERS.find((name) => names.filter((other) => other === name).length > 1);
}

/** Why a request is turned away, or undefined when it may go on. `host` is the one served, as `address:port`. */
export function refuseRequest(head: RequestHead, host: string): GateRefusal | undefined {
  const { headers, method } = head;
  const url = head.url ?? '';
  // Another host name on our port is DNS rebinding.
  if (headers.host !== host) return { status: 421, detail: `Host is not ${host}` };
  const repeated = repeatedHeader(head.rawHeaders);
  if (repeated) return { status: 400, detail: `the header ${repeated} came more than once` };
  if (head.httpVersion !== '1.1') return { status: 400, detail: 'the request is not HTTP/1.1' };
  if (method !== 'GET' && method !== 'POST') return { status: 405, detail: 'the method is neither GET nor POST' };
  if (url.length > MAX_ADDRESS_CHARACTERS) return { status: 414, detail: 'the address is too long' };
  if (!url.startsWith('/') || url.startsWith('//')) return { status: 400, detail: 'the address is not a path' };
  if (headers['transfer-encoding'] !== undefined && headers['content-length'] !== undefined)
    return { status: 400, detail: 'both a length and a transfer encoding were given' };
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && !(method === 'GET' && site === 'none'))
    return { status: 403, detail: 'the request came from another site' };
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${host}`)
    return { status: 403, detail: 'Origin is not the one served' };
  if (method === 'GET') return undefined;
  if (origin === undefined) return { status: 403, detail: 'Origin is missing' };
  if (headers['content-type'] !== 'application/json')
    return { status: 415, detail: 'the content type is not application/json' };
  return undefined;
}
