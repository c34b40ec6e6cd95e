/**
 * Entry of the language process: questions in, replies of a language service out. It may reach the one address a question names and has
 * neither files nor a database. A reply goes to main as it came, and is read only when main says that it is stored.
 */
import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText, type LanguageModel } from 'ai';
import type { LanguageAnswer } from '../../shared/language.ts';
import { faultOfConnection, faultOfStatus, retryAfterMs, withoutKey } from './languageFaults.ts';
import type { LanguageExchange, LanguageFault, LanguageReply, LanguageRequest } from './languageMessages.ts';

type Ask = Extract<LanguageRequest, { kind: 'ask' }>;
type Fetch = typeof globalThis.fetch;

/** What main is told of a question, and what main says of it. */
type Line = { readonly send: (reply: LanguageReply) => void; readonly whenStored: (id: number) => Promise<void> };

/** Thrown through the client library: the fault has been understood already. */
class Refusal extends Error {
  readonly fault: LanguageFault;
  constructor(fault: LanguageFault) {
    super(fault.message);
    this.fault = fault;
  }
}

function languageModelOf({ endpoint, key }: Ask, fetch: Fetch): LanguageModel {
  const { protocol, baseUrl: baseURL, languageModel } = endpoint;
  switch (protocol) {
    case 'openai-compatible':
      return createOpenAICompatible({ name: 'service', baseURL, apiKey: key, fetch }).chatModel(languageModel);
    case 'google':
      return createGoogleGenerativeAI({ baseURL, apiKey: key ?? '', fetch }).chat(languageModel);
    case 'anthropic':
      return createAnthropic({ baseURL, apiKey: key ?? '', fetch })(languageModel);
    default:
      return protocol satisfies never;
  }
}

const asResponse = ({ status, contentType, body }: LanguageExchange): Response =>
  new Response(body, { status, headers: { 'content-type': contentType } });

/** A fetch that reaches only the question's own service, and hands on a reply when main has stored it. */
function storingFetch(ask: Ask, line: Line, signal: AbortSignal): Fetch {
  const { origin } = new URL(ask.endpoint.baseUrl);
  return async (input, init) => {
    if (ask.replay) return asResponse(ask.replay);
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== origin)
      throw new Refusal({
        reason: 'address',
        message: `${url.origin} is not ${origin}`,
        retryAfterMs: null,
        mayCost: false,
      });
    let response: Response;
    let body: string;
    try {
      response = await fetch(url, { ...init, redirect: 'error', signal });
      body = await response.text();
    } catch (error) {
      throw new Refusal(faultOfConnection(error, signal.reason?.name === 'TimeoutError'));
    }
    const waitMs = retryAfterMs((name) => response.headers.get(name), Date.now());
    if (response.status !== 200) throw new Refusal(faultOfStatus(response.status, withoutKey(body, ask.key), waitMs));
    const exchange = { status: 200, contentType: response.headers.get('content-type') ?? 'application/json', body };
    line.send({ kind: 'exchange', id: ask.id, exchange });
    await line.whenStored(ask.id);
    return asResponse(exchange);
  };
}

async function answerOf(ask: Ask, fetch: Fetch): Promise<LanguageAnswer> {
  const { question, idempotencyKey } = ask;
  const { text, finishReason, usage } = await generateText({
    model: languageModelOf(ask, fetch),
    ...(question.instructions === '' ? {} : { instructions: question.instructions }),
    messages: question.turns.map(({ role, text: content }) => ({ role, content })),
    temperature: question.temperature,
    maxOutputTokens: question.maxOutputTokens,
    maxRetries: 0,
    headers: { 'idempotency-key': idempotencyKey },
  });
  return {
    text,
    isWhole: finishReason === 'stop' || finishReason === 'other',
    inputTokens: usage.inputTokens ?? null,
    outputTokens: usage.outputTokens ?? null,
  };
}

function refusalIn(error: unknown): Refusal | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof Refusal) return cause;
  return undefined;
}

/** Answers one question; every fault becomes a reply. */
async function serveAsk(ask: Ask, line: Line, cancelled: AbortSignal): Promise<void> {
  const signal = AbortSignal.any([cancelled, AbortSignal.timeout(ask.timeoutMs)]);
  try {
    line.send({ kind: 'answer', id: ask.id, answer: await answerOf(ask, storingFetch(ask, line, signal)) });
  } catch (error) {
    const unreadable = (): LanguageFault => ({
      reason: 'unreadable',
      message: `the reply is not of the protocol: ${error instanceof Error ? error.message : error}`,
      retryAfterMs: null,
      mayCost: true,
    });
    const fault = refusalIn(error)?.fault ?? unreadable();
    line.send({ kind: 'fault', id: ask.id, fault: { ...fault, message: withoutKey(fault.message, ask.key) } });
  }
}

function serve(): void {
  const send = process.send?.bind(process);
  if (!send) return;
  const running = new Map<number, { readonly cancel: AbortController; readonly stored: () => void }>();
  process.on('disconnect', () => process.exit());
  process.on('message', (request: LanguageRequest) => {
    if (request.kind !== 'ask') {
      const found = running.get(request.id);
      if (request.kind === 'stored') found?.stored();
      else found?.cancel.abort();
      return;
    }
    const cancel = new AbortController();
    const whenStored = new Promise<void>((stored) => running.set(request.id, { cancel, stored }));
    const line: Line = { send: (reply) => void send(reply), whenStored: () => whenStored };
    void serveAsk(request, line, cancel.signal).finally(() => running.delete(request.id));
  });
}

serve();
