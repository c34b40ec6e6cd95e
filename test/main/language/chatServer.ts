/**
 * A chat service for tests: speaks the OpenAI chat protocol over HTTP, counts what it would charge for, and fails on purpose in the ways
 * real services do. A repeated idempotency key gets the same reply and is charged once.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRandom } from '../../../engine/random.ts';

export type ChatMessage = { readonly role: string; readonly content: string };
export type ChatRequest = {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly max_tokens?: number;
};

export const SERVER_FAULTS = ['rate', 'server', 'silence', 'cut', 'shape', 'empty', 'reset'] as const;
export type ServerFault = (typeof SERVER_FAULTS)[number];

/** A reply that is none. */
type Rejection = {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export type ChatServerOptions = {
  /** The reply to a conversation, or a status to refuse it with. */
  readonly reply: (request: ChatRequest) => string | Rejection;
  /** Share of the requests that fail. */
  readonly faultRate?: number;
  readonly faults?: readonly ServerFault[];
  readonly seed?: number;
  /** Time a reply takes. */
  readonly delayMs?: number;
};

export type ChatServer = {
  readonly baseUrl: string;
  /** Whole replies by idempotency key: how often each was charged. */
  readonly charged: ReadonlyMap<string, number>;
  /** Requests that asked again for what had been delivered whole. */
  readonly repeats: () => number;
  readonly requests: () => number;
  readonly faults: Readonly<Record<ServerFault, number>>;
  readonly authorizations: ReadonlySet<string>;
  readonly close: () => Promise<void>;
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

const tokens = (text: string): number => Math.ceil(text.length / 4);

function completion(request: ChatRequest, content: string): string {
  const prompt = request.messages.reduce((sum, message) => sum + tokens(message.content), 0);
  const usage = { prompt_tokens: prompt, completion_tokens: tokens(content), total_tokens: prompt + tokens(content) };
  return JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: request.model,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage,
  });
}

const sendJson = (
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
};

/** Fails in the way of `fault`; `silence` never answers. */
function failWith(fault: ServerFault, response: ServerResponse, whole: string, request: ChatRequest): void {
  const error = (message: string): string => JSON.stringify({ error: { message, type: 'server_error' } });
  if (fault === 'rate') sendJson(response, 429, error('slow down'), { 'retry-after-ms': '20' });
  if (fault === 'server') sendJson(response, 503, error('overloaded'));
  if (fault === 'cut') sendJson(response, 200, whole.slice(0, whole.length / 2));
  if (fault === 'shape') sendJson(response, 200, '{"message":"this is no completion"}');
  if (fault === 'empty') sendJson(response, 200, completion(request, ''));
  if (fault === 'reset') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(whole) });
    response.write(whole.slice(0, 20), () => setTimeout(() => response.destroy(), 5));
  }
}

/** Starts the service on a free port of this machine. */
export async function startChatServer(options: ChatServerOptions): Promise<ChatServer> {
  const { faultRate = 0, faults: kinds = SERVER_FAULTS, delayMs = 0 } = options;
  const random = createRandom(options.seed ?? 1);
  const charged = new Map<string, number>();
  const replies = new Map<string, string>();
  const authorizations = new Set<string>();
  const faults = Object.fromEntries(SERVER_FAULTS.map((fault) => [fault, 0])) as Record<ServerFault, number>;
  let requests = 0;
  let repeats = 0;
  /** What goes back, once a request was understood. */
  const respond = (request: ChatRequest, key: string, response: ServerResponse): void => {
    const content = options.reply(request);
    if (typeof content !== 'string') {
      sendJson(response, content.status, content.body, content.headers);
      return;
    }
    const whole = completion(request, content);
    if (random.uniform() < faultRate) {
      const fault = kinds[random.integer(kinds.length)];
      faults[fault]++;
      failWith(fault, response, whole, request);
      return;
    }
    replies.set(key, whole);
    charged.set(key, (charged.get(key) ?? 0) + 1);
    sendJson(response, 200, whole);
  };
  const answer = (message: IncomingMessage, response: ServerResponse, text: string): void => {
    authorizations.add(message.headers.authorization ?? '');
    requests++;
    const key = String(message.headers['idempotency-key'] ?? text);
    const known = replies.get(key);
    if (message.url !== '/v1/chat/completions') sendJson(response, 404, '{"error":{"message":"no such path"}}');
    else if (known !== undefined) {
      repeats++;
      sendJson(response, 200, known);
    } else respond(JSON.parse(text), key, response);
  };
  const server = createServer((message, response) => {
    void bodyOf(message).then((text) => setTimeout(() => answer(message, response, text), delayMs));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    charged,
    repeats: () => repeats,
    requests: () => requests,
    faults,
    authorizations,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
