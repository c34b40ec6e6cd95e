/**
 * Asker: questions to one service through the durable queue. What is answered already is answered from it; the rest is sent, a few at a
 * time, tried again after passing faults with a wait that doubles up to a limit, and never beyond the spend cap. A fault that concerns
 * every question (key, quota, address, cap, disk) stops the asker at once; it can go on later from its queue.
 */
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '../../engine/random.ts';
import { CancelledError, UserError } from '../../shared/errors.ts';
import { type LanguageAnswer, type LanguageQuestion, languageAnswerSchema } from '../../shared/language.ts';
import { exchangeSchema, type LanguageFault } from '../processes/languageMessages.ts';
import type { LanguageQueue, Spending } from '../store/languageQueue.ts';
import { createGate } from './gate.ts';
import { createLanguageProcess } from './languageProcess.ts';
import { isLoopback, keyHint, type Provider, type ReadKey } from './provider.ts';
import { costOf, largestCost } from './spend.ts';

/** How to try again: `baseMs · 2^faults`, between half and all of it, at most `largestMs`; a longer wait asked for stops the run. */
export type Patience = { readonly attempts: number; readonly baseMs: number; readonly largestMs: number };

export type AskerOptions = {
  readonly queue: LanguageQueue;
  readonly provider: Provider;
  readonly readKey: ReadKey;
  /** Spreads the waits. */
  readonly random: Random;
  /** Questions under way at any time. */
  readonly concurrency: number;
  /** Dollars, over all runs with this queue. */
  readonly maxCost?: number;
  readonly patience?: Patience;
  readonly timeoutMs?: number;
};

export type Asker = {
  /**
   * The answer. Throws CallFailed when this question is given up, and the reason for stopping (a UserError) when all are,
   * CancelledError when `signal` is aborted.
   */
  readonly ask: (question: LanguageQuestion, signal?: AbortSignal) => Promise<LanguageAnswer>;
  readonly spending: () => Spending;
  readonly stop: () => void;
};

/** One question is given up; others go on. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
}

export const DEFAULT_PATIENCE: Patience = { attempts: 10, baseMs: 1000, largestMs: 120_000 };
const DEFAULT_TIMEOUT_MS = 600_000;
const FOR_ALL = new Set<LanguageFault['reason']>(['key', 'quota', 'address']);

/** The identity of a question: everything that decides its answer. Prices, keys and waits do not. */
const hashOf = (provider: Provider, question: LanguageQuestion): string =>
  createHash('sha256')
    .update(JSON.stringify([provider.endpoint, question]))
    .digest('hex');

function stopError({ reason, message }: LanguageFault, { endpoint }: Provider): UserError {
  const { protocol, languageModel, baseUrl } = endpoint;
  if (reason === 'key')
    return new UserError(`language: ${baseUrl} refused the key: ${message}`, { hint: keyHint(protocol) });
  if (reason === 'quota')
    return new UserError(`language: the quota of ${baseUrl} is used up: ${message}`, {
      hint: 'What was answered is kept. Run the same command again when there is quota.',
    });
  return new UserError(`language: ${baseUrl} has no "${languageModel}": ${message}`, {
    hint: 'Are --base-url and --language-model as the service names them?',
  });
}

/** An asker; its process starts with the first question that must be sent. */
export function createAsker(options: AskerOptions): Asker {
  const { queue, provider, readKey, random, maxCost, patience = DEFAULT_PATIENCE } = options;
  if (maxCost !== undefined && provider.prices === null)
    throw new UserError('language: a spend cap needs prices', {
      hint: 'Give --price-input and --price-output in dollars per million tokens.',
    });
  const process = createLanguageProcess();
  const gate = createGate(options.concurrency);
  const halt = new AbortController();
  const underWay = new Map<string, Promise<LanguageAnswer>>();
  const spent = { ...queue.spending() };

  /** The key for one question. Throws where a service elsewhere than on this machine has none. */
  const requireKey = (): string | undefined => {
    const { protocol, baseUrl } = provider.endpoint;
    const key = readKey(protocol);
    if (key !== undefined || isLoopback(new URL(baseUrl))) return key;
    throw stopFor(new UserError(`language: there is no key for ${baseUrl}`, { hint: keyHint(protocol) }));
  };
  /** Stops everything for `error` and gives it. */
  const stopFor = (error: unknown): unknown => {
    if (!halt.signal.aborted) halt.abort(error);
    return halt.signal.reason;
  };
  const checkCap = (reserve: number): void => {
    const total = spent.known + spent.possible;
    if (maxCost === undefined || total + reserve <= maxCost) return;
    throw stopFor(
      new UserError(
        `language: the spend cap of $${maxCost} is reached: $${spent.known.toFixed(4)} spent, up to $${(spent.possible + reserve).toFixed(4)} for questions under way or without an end`,
        { hint: 'What was answered is kept. Run the same command with a higher --max-cost to go on.' },
      ),
    );
  };
  const startAttempt = (key: string, question: LanguageQuestion): { attempt: number; reserve: number } => {
    const reserve = largestCost(question, provider.prices);
    checkCap(reserve);
    const attempt = queue.begin(key, reserve);
    spent.possible += reserve;
    return { attempt, reserve };
  };
  const settleCost = (reserve: number, known: number, possible: number): void => {
    spent.known += known;
    spent.possible += possible - reserve;
  };

  /** One try: the answer, or the fault that was recorded. */
  async function tryOnce(
    key: string,
    question: LanguageQuestion,
    signal: AbortSignal,
  ): Promise<LanguageAnswer | LanguageFault> {
    const stored = queue.callOf(key);
    const replay = stored?.exchange ? exchangeSchema.parse(JSON.parse(stored.exchange)) : undefined;
    const serviceKey = requireKey();
    const isReplay = replay !== undefined && stored?.attempt != null;
    const { attempt, reserve } = isReplay
      ? { attempt: stored.attempt ?? 0, reserve: largestCost(question, provider.prices) }
      : startAttempt(key, question);
    const outcome = await process.exchange({
      endpoint: provider.endpoint,
      key: serviceKey,
      question,
      idempotencyKey: key,
      timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      replay,
      store: (exchange) => queue.keepExchange(attempt, key, JSON.stringify(exchange)),
      signal,
    });
    if (outcome.kind === 'answer' && outcome.answer.text.trim() !== '') {
      const cost = costOf(question, outcome.answer, provider.prices);
      queue.keepAnswer(attempt, key, JSON.stringify(outcome.answer), cost);
      settleCost(reserve, cost, 0);
      return outcome.answer;
    }
    const isEmpty = outcome.kind === 'answer';
    const fault: LanguageFault = isEmpty
      ? { reason: 'unreadable', message: 'the reply is empty', retryAfterMs: null, mayCost: true }
      : outcome.fault;
    const known = isEmpty ? costOf(question, outcome.answer, provider.prices) : 0;
    const possible = !isEmpty && fault.mayCost ? reserve : 0;
    queue.keepFault(attempt, key, { known, possible });
    settleCost(reserve, known, possible);
    return fault;
  }

  function waitAfter(fault: LanguageFault, faults: number): number {
    // A service that answers nonsense is not overloaded: waiting longer does not help.
    const growth = fault.reason === 'unreadable' ? 1 : 2 ** (faults - 1);
    const doubled = Math.min(patience.largestMs, patience.baseMs * growth);
    const asked = fault.retryAfterMs ?? 0;
    if (asked > patience.largestMs)
      throw stopFor(
        new UserError(
          `language: ${provider.endpoint.baseUrl} asks to wait ${Math.ceil(asked / 60_000)} minutes: ${fault.message}`,
          { hint: 'What was answered is kept. Run the same command again then.' },
        ),
      );
    return Math.max(asked, doubled * (0.5 + 0.5 * random.uniform()));
  }

  async function askUntilAnswered(
    key: string,
    question: LanguageQuestion,
    signal: AbortSignal,
  ): Promise<LanguageAnswer> {
    for (;;) {
      const result = await gate.run(() => tryOnce(key, question, signal), signal);
      if ('text' in result) return result;
      if (FOR_ALL.has(result.reason)) throw stopFor(stopError(result, provider));
      const faults = queue.callOf(key)?.faults ?? 0;
      if (result.reason === 'refused' || faults >= patience.attempts) {
        const reason = `${result.reason} after ${faults} ${faults === 1 ? 'attempt' : 'attempts'}: ${result.message}`;
        queue.keepFailure(key, reason);
        throw new CallFailed(reason);
      }
      const waitMs = waitAfter(result, faults);
      // The whole service is busy, not this question: nobody asks before.
      if (result.reason === 'rate') gate.pause(waitMs);
      await wait(waitMs, undefined, { signal });
    }
  }

  const ask = async (question: LanguageQuestion, given?: AbortSignal): Promise<LanguageAnswer> => {
    const key = hashOf(provider, question);
    const stored = queue.callOf(key);
    if (stored?.answer) return languageAnswerSchema.parse(JSON.parse(stored.answer));
    if (stored?.failure) throw new CallFailed(stored.failure);
    if (halt.signal.aborted) throw halt.signal.reason;
    const signal = given ? AbortSignal.any([halt.signal, given]) : halt.signal;
    const running = underWay.get(key) ?? askUntilAnswered(key, question, signal);
    underWay.set(key, running);
    try {
      return await running;
    } catch (error) {
      if (halt.signal.aborted) throw halt.signal.reason;
      if (given?.aborted) throw new CancelledError('language');
      if (error instanceof CallFailed) throw error;
      throw stopFor(error);
    } finally {
      underWay.delete(key);
    }
  };
  return { ask, spending: () => ({ ...spent }), stop: process.stop };
}
