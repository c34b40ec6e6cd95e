/** The asker against a real HTTP service on this machine: every fault, the spend cap, and what a key touches. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createRandom } from '../../../engine/random.ts';
import { type Asker, type AskerOptions, CallFailed, createAsker } from '../../../main/language/asker.ts';
import { chooseProvider } from '../../../main/language/provider.ts';
import { openDatabase } from '../../../main/store/database.ts';
import { openLanguageQueue } from '../../../main/store/languageQueue.ts';
import type { LanguageQuestion } from '../../../shared/language.ts';
import { scratchFolder } from '../../scratch.ts';
import { type ChatServer, type ChatServerOptions, SERVER_FAULTS, startChatServer } from './chatServer.ts';

const KEY = 'sk-secret-0123456789';
const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanUps.splice(0).reverse()) await clean();
});

async function serve(options: ChatServerOptions): Promise<ChatServer> {
  const server = await startChatServer(options);
  cleanUps.push(server.close);
  return server;
}

function open(folder: string, baseUrl: string, more: Partial<AskerOptions> = {}): Asker {
  const queue = openLanguageQueue(join(folder, 'queue.sqlite'));
  const asker = createAsker({
    queue,
    provider: chooseProvider('test', {
      protocol: 'openai-compatible',
      languageModel: 'tiny',
      baseUrl,
      priceInput: 1,
      priceOutput: 4,
    }),
    readKey: () => KEY,
    random: createRandom(1),
    concurrency: 16,
    patience: { attempts: 12, baseMs: 5, largestMs: 40 },
    timeoutMs: 10_000,
    ...more,
  });
  let isClosed = false;
  const close = (): void => {
    if (isClosed) return;
    isClosed = true;
    asker.stop();
    queue.close();
  };
  cleanUps.push(close);
  return { ...asker, stop: close };
}

/** Longer than a loaded machine takes to answer, short enough to wait for replies that never come. */
const PATIENT_MS = 3_000;

const question = (text: string, more: Partial<LanguageQuestion> = {}): LanguageQuestion => ({
  instructions: 'Repeat.',
  turns: [{ role: 'user', text }],
  temperature: 0,
  maxOutputTokens: 100,
  replicate: 0,
  ...more,
});
const echo: ChatServerOptions['reply'] = ({ messages }) => `echo ${messages.at(-1)?.content}`;

describe('the asker', () => {
  it('answers 200 questions once each where 30 % of the requests fail in every way', async () => {
    const server = await serve({ reply: echo, faultRate: 0.3, seed: 7 });
    const asker = open(scratchFolder(), server.baseUrl, { timeoutMs: PATIENT_MS });
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => asker.ask(question(`n${i}`))));
    expect(answers.map(({ text }) => text)).toEqual(Array.from({ length: 200 }, (_, i) => `echo n${i}`));
    expect(server.charged.size).toBe(200);
    expect([...server.charged.values()].every((count) => count === 1)).toBe(true);
    for (const fault of SERVER_FAULTS) expect(server.faults[fault], fault).toBeGreaterThan(0);
    expect([...server.authorizations]).toEqual([`Bearer ${KEY}`]);
  }, 120_000);

  it('asks nothing again that it has been told, across runs', async () => {
    const server = await serve({ reply: echo });
    const folder = scratchFolder();
    const first = open(folder, server.baseUrl);
    await first.ask(question('a'));
    first.stop();
    const second = open(folder, server.baseUrl);
    expect((await second.ask(question('a'))).text).toBe('echo a');
    await second.ask(question('a', { replicate: 1 }));
    expect(server.requests()).toBe(2);
  });

  it('reads a reply that was stored and not yet read, without asking', async () => {
    const server = await serve({ reply: echo });
    const folder = scratchFolder();
    const first = open(folder, server.baseUrl);
    await first.ask(question('a'));
    first.stop();
    expect(JSON.parse(forgetAnswers(folder))).toMatchObject({ status: 200, body: expect.stringContaining('echo a') });
    const second = open(folder, server.baseUrl);
    expect((await second.ask(question('a'))).text).toBe('echo a');
    expect(server.requests()).toBe(1);
  });

  it('keeps a spend cap over restarts', async () => {
    const server = await serve({ reply: echo });
    const folder = scratchFolder();
    const maxCost = 0.002;
    let answered = 0;
    for (let run = 0; run < 3; run++) {
      const asker = open(folder, server.baseUrl, { maxCost, concurrency: 1 });
      for (let i = 0; i < 50; i++) {
        const result = await asker.ask(question(`run ${run} number ${i}`)).catch((error) => error);
        if (!(result instanceof Error)) answered++;
        else
          expect(result).toMatchObject({ name: 'UserError', message: expect.stringContaining('spend cap of $0.002') });
      }
      const { known, possible } = asker.spending();
      expect(known + possible).toBeLessThanOrEqual(maxCost);
      asker.stop();
    }
    expect(server.requests()).toBe(answered);
    const asker = open(folder, server.baseUrl, { maxCost: 1 });
    await asker.ask(question('one more'));
  });

  it('counts what a lost reply may have cost', async () => {
    const server = await serve({ reply: echo, faultRate: 1, faults: ['reset'] });
    const asker = open(scratchFolder(), server.baseUrl, { patience: { attempts: 2, baseMs: 1, largestMs: 1 } });
    await expect(asker.ask(question('a'))).rejects.toThrow(/^network after 2 attempts: the connection failed/);
    expect(asker.spending().known).toBe(0);
    expect(asker.spending().possible).toBeGreaterThan(2 * 100 * 4e-6);
  });

  it.each([
    [401, `{"error":{"message":"Incorrect API key provided: ${KEY}"}}`, /refused the key.*\[key\]/],
    [429, '{"error":{"code":"insufficient_quota","message":"You exceeded your current quota"}}', /quota .* is used up/],
    [402, '{"error":{"message":"no credit"}}', /quota .* is used up/],
    [404, '{"error":{"message":"no such model"}}', /has no "tiny"/],
  ])('stops at once on status %i', async (status, body, message) => {
    const server = await serve({ reply: () => ({ status, body }) });
    const asker = open(scratchFolder(), server.baseUrl, { concurrency: 1 });
    const results = await Promise.allSettled(['a', 'b', 'c'].map((text) => asker.ask(question(text))));
    for (const result of results)
      expect(result).toMatchObject({
        status: 'rejected',
        reason: { name: 'UserError', message: expect.stringMatching(message) },
      });
    expect(server.requests()).toBe(1);
  });

  it('gives one question up when the service refuses it, and goes on with the others', async () => {
    const reply: ChatServerOptions['reply'] = ({ messages }) =>
      messages.at(-1)?.content === 'bad' ? { status: 400, body: '{"error":{"message":"too long"}}' } : 'good';
    const server = await serve({ reply });
    const asker = open(scratchFolder(), server.baseUrl);
    await expect(asker.ask(question('bad'))).rejects.toThrow(CallFailed);
    expect((await asker.ask(question('other'))).text).toBe('good');
    await expect(asker.ask(question('bad'))).rejects.toThrow('refused after 1 attempt: status 400');
    expect(server.requests()).toBe(2);
  });

  it('gives a question up after its attempts, and stops where the service asks for a longer wait than it has patience for', async () => {
    const busy = await serve({ reply: () => ({ status: 429, body: '{}' }) });
    const patience = { attempts: 3, baseMs: 1, largestMs: 20 };
    await expect(open(scratchFolder(), busy.baseUrl, { patience }).ask(question('a'))).rejects.toThrow(
      'rate after 3 attempts',
    );
    const closed = await serve({ reply: () => ({ status: 429, body: '{}', headers: { 'retry-after': '600' } }) });
    await expect(open(scratchFolder(), closed.baseUrl, { patience }).ask(question('a'))).rejects.toThrow(
      /asks to wait 10 minutes/,
    );
    expect([busy.requests(), closed.requests()]).toEqual([3, 1]);
  });

  it('asks a service elsewhere nothing without a key, and wants prices for a cap', async () => {
    const asker = open(scratchFolder(), 'https://127.0.0.2.example', { readKey: () => undefined });
    await expect(asker.ask(question('a'))).rejects.toMatchObject({
      message: 'language: there is no key for https://127.0.0.2.example',
      hint: 'Set OPENAI_API_KEY, or name another variable with --key-variable.',
    });
    const provider = chooseProvider('test', { protocol: 'google', languageModel: 'tiny' });
    expect(() => open(scratchFolder(), 'http://127.0.0.1', { provider, maxCost: 1 })).toThrow(
      'a spend cap needs prices',
    );
  });

  it('gives a question up whose reply is empty every time', async () => {
    const server = await serve({ reply: () => '  ' });
    const patience = { attempts: 3, baseMs: 1, largestMs: 1 };
    await expect(open(scratchFolder(), server.baseUrl, { patience }).ask(question('a'))).rejects.toThrow(
      'unreadable after 3 attempts: the reply is empty',
    );
  });

  it('is cancelled at once', async () => {
    const server = await serve({ reply: echo, delayMs: 5000 });
    const asker = open(scratchFolder(), server.baseUrl, { timeoutMs: 60_000 });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 300);
    await expect(asker.ask(question('a'), abort.signal)).rejects.toMatchObject({ name: 'CancelledError' });
  });

  it('leaves no key in any file', async () => {
    const server = await serve({ reply: ({ messages }) => `you said ${messages.length}`, faultRate: 0.3 });
    const folder = scratchFolder();
    const asker = open(folder, server.baseUrl, { timeoutMs: PATIENT_MS });
    await Promise.all(Array.from({ length: 20 }, (_, i) => asker.ask(question(`n${i}`))));
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name)).includes(KEY), name).toBe(false);
  });

  it.runIf(existsSync('/proc/self/cmdline'))('gives its process no key in arguments or environment', async () => {
    const server = await serve({ reply: echo });
    process.env.OPENAI_API_KEY = KEY;
    cleanUps.push(() => delete process.env.OPENAI_API_KEY);
    const asker = open(scratchFolder(), server.baseUrl);
    await asker.ask(question('a'));
    const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ');
    const seen = children.map((pid) =>
      ['cmdline', 'environ'].map((file) => readFileSync(`/proc/${pid}/${file}`, 'latin1')),
    );
    expect(seen.some(([line]) => line.includes('language.ts'))).toBe(true);
    expect(JSON.stringify(seen)).not.toContain(KEY);
  });
});

/** Puts a queue back to where a kill between storing and reading leaves it; gives the raw reply. */
function forgetAnswers(folder: string): string {
  const connection = openDatabase(join(folder, 'queue.sqlite'));
  connection.write.run('UPDATE call SET answer = NULL');
  const { exchange } = connection.read.get<{ exchange: string }>('SELECT exchange FROM call') ?? { exchange: '' };
  connection.close();
  return exchange;
}
