/** The language process as a function: one question to one service, its reply stored before it is read. Restarted when it dies. */
import { join } from 'node:path';
import { CancelledError } from '../../shared/errors.ts';
import type { LanguageAnswer, LanguageQuestion } from '../../shared/language.ts';
import type { ChildHandle } from '../processes/childHandle.ts';
import {
  type LanguageEndpoint,
  type LanguageExchange,
  type LanguageFault,
  type LanguageRequest,
  languageReplySchema,
} from '../processes/languageMessages.ts';
import { codeFolder, entryFile, packageFolders, spawnProcess } from '../processes/spawn.ts';

export type LanguageOutcome =
  | { readonly kind: 'answer'; readonly answer: LanguageAnswer }
  | { readonly kind: 'fault'; readonly fault: LanguageFault };

export type LanguageCall = {
  readonly endpoint: LanguageEndpoint;
  readonly key: string | undefined;
  readonly question: LanguageQuestion;
  readonly idempotencyKey: string;
  readonly timeoutMs: number;
  /** A stored exchange to read instead of asking. */
  readonly replay?: LanguageExchange;
  /** Called with a new exchange; it is read only after this returns. */
  readonly store: (exchange: LanguageExchange) => void;
  readonly signal: AbortSignal;
};

export type LanguageProcess = {
  /** Throws CancelledError when `signal` is aborted, and what `store` throws. */
  readonly exchange: (call: LanguageCall) => Promise<LanguageOutcome>;
  readonly stop: () => void;
};

/** Beyond the child's own time-out; then it counts as dead. */
const GRACE_MS = 2000;

/** How a laboratory's network lets its machines out. Keys are not among them. */
const PASSED_ON = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'NODE_EXTRA_CA_CERTS'];

function networkEnvironment(): Record<string, string> {
  const found = PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...Object.fromEntries(found), ...(found.length > 0 ? { NODE_USE_ENV_PROXY: '1' } : {}) };
}

/** Reads code, nothing else; starts nothing. */
function processFlags(): string[] {
  const packages = new Set(packageFolders('ai').map((folder) => join(folder, '..', '/')));
  return [
    '--permission',
    `--allow-fs-read=${join(codeFolder(), '/')}`,
    `--allow-fs-read=${join(codeFolder(), '..', 'package.json')}`,
    ...[...packages].map((folder) => `--allow-fs-read=${folder}`),
    '--no-warnings',
  ];
}

type Pending = { readonly call: LanguageCall; readonly settle: (outcome: LanguageOutcome | Error) => void };

const diedFault = (cause: string): LanguageOutcome => ({
  kind: 'fault',
  fault: { reason: 'network', message: `the language process ended (${cause})`, retryAfterMs: null, mayCost: true },
});

/** A process for questions; it starts with the first. */
export function createLanguageProcess(): LanguageProcess {
  const pending = new Map<number, Pending>();
  let child: ChildHandle | undefined;
  let lastId = 0;

  const receive = (message: unknown): void => {
    const parsed = languageReplySchema.safeParse(message);
    if (!parsed.success) return;
    const reply = parsed.data;
    const found = pending.get(reply.id);
    if (!found) return;
    if (reply.kind !== 'exchange') {
      found.settle(reply);
      return;
    }
    try {
      found.call.store(reply.exchange);
      child?.send({ kind: 'stored', id: reply.id } satisfies LanguageRequest);
    } catch (error) {
      found.settle(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const start = (): ChildHandle => {
    const started = spawnProcess(entryFile('language'), {
      nodeFlags: processFlags(),
      env: networkEnvironment(),
      stderr: 'ignore',
    });
    started.onMessage((message) => {
      if (child === started) receive(message);
    });
    started.onExit((cause) => {
      if (child !== started) return;
      child = undefined;
      for (const { settle } of pending.values()) settle(diedFault(cause));
    });
    child = started;
    return started;
  };
  const exchange = (call: LanguageCall): Promise<LanguageOutcome> => {
    if (call.signal.aborted) return Promise.reject(new CancelledError('language'));
    return new Promise((resolve, reject) => {
      const id = ++lastId;
      const running = child ?? start();
      const onAbort = (): void => {
        running.send({ kind: 'cancel', id } satisfies LanguageRequest);
        settle(new CancelledError('language'));
      };
      const timer = setTimeout(() => {
        running.kill();
        settle(diedFault('no answer'));
      }, call.timeoutMs + GRACE_MS);
      const settle = (outcome: LanguageOutcome | Error): void => {
        if (!pending.delete(id)) return;
        clearTimeout(timer);
        call.signal.removeEventListener('abort', onAbort);
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      };
      pending.set(id, { call, settle });
      call.signal.addEventListener('abort', onAbort, { once: true });
      const { endpoint, key, question, idempotencyKey, timeoutMs, replay } = call;
      running.send({
        kind: 'ask',
        id,
        endpoint,
        key,
        question,
        idempotencyKey,
        timeoutMs,
        replay,
      } satisfies LanguageRequest);
    });
  };
  const stop = (): void => {
    child?.kill();
    child = undefined;
    for (const { settle } of pending.values()) settle(new CancelledError('language'));
  };
  return { exchange, stop };
}
