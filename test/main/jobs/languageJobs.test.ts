/** Language jobs end to end: a real service, real processes, faults at 30 %, and kills in the middle. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { generateScenarios } from '../../../engine/scenario/generate.ts';
import { PROGRAM_INSTRUCTIONS } from '../../../engine/scenario/synthesis/prompts.ts';
import { askDirectly } from '../../../main/jobs/directAnswers.ts';
import { synthesizeScenarios } from '../../../main/jobs/synthesis.ts';
import { chooseProvider } from '../../../main/language/provider.ts';
import { createInferencePool } from '../../../main/processes/inferencePool.ts';
import type { Scenario } from '../../../shared/scenario.ts';
import { scratchFolder } from '../../scratch.ts';
import { type ChatServer, type ChatServerOptions, startChatServer } from '../language/chatServer.ts';
import { imitate, programReply, withoutFacts } from '../language/imitation.ts';
import type { JobProcessOptions } from '../language/jobProcess.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanUps.splice(0).reverse()) await clean();
});

async function serve(options: ChatServerOptions): Promise<ChatServer> {
  const server = await startChatServer(options);
  cleanUps.push(server.close);
  return server;
}

const known = [
  ...generateScenarios({ domain: 'sports', count: 2, seed: 9, teamSizes: [1], cells: [{ P: 0, C: 0, R: 1 }] }),
];
const bare = known.map(withoutFacts);
async function* stream(scenarios: readonly Scenario[]): AsyncGenerator<Scenario> {
  yield* scenarios;
}
const language = (server: ChatServer) => ({
  provider: chooseProvider('test', { protocol: 'openai-compatible', languageModel: 'tiny', baseUrl: server.baseUrl }),
  readKey: () => undefined,
  concurrency: 8,
  patience: { attempts: 20, baseMs: 5, largestMs: 40 },
  timeoutMs: 1000,
});
const linesOf = (folder: string, name: string): Record<string, unknown>[] =>
  readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe('synthesizeScenarios', () => {
  const synthesize = async (
    server: ChatServer,
    outDir: string,
    more: { programs?: number; retryFailed?: boolean } = {},
  ) => {
    const pool = createInferencePool({ workers: 2 });
    cleanUps.push(pool.stop);
    return synthesizeScenarios({
      ...language(server),
      scenarios: () => stream(bare),
      total: bare.length,
      outDir,
      pool,
      settings: { seed: 1, programs: more.programs ?? 1, repairs: 1 },
      retryFailed: more.retryFailed,
    });
  };

  it('gives every scenario its program through a service that fails 30 % of the time, and again without asking', async () => {
    const server = await serve({ reply: imitate(known), faultRate: 0.3, seed: 3 });
    const outDir = scratchFolder();
    const { losses } = await synthesize(server, outDir);
    expect(losses).toMatchObject({ kept: 2, lost: 0 });
    const written = linesOf(outDir, 'scenarios.jsonl');
    expect(written.map(({ id }) => id)).toEqual(known.map(({ id }) => id));
    expect(written.map(({ program }) => program)).toEqual(known.map(({ program }) => program));
    expect(linesOf(outDir, 'verdicts.jsonl')[0]).toMatchObject({
      attempts: { parse: 1, description: 1, program: 1 },
      description: { concepts: expect.arrayContaining([expect.objectContaining({ name: 'performance' })]) },
    });
    expect(server.charged.size).toBe(6);
    const asked = server.requests();
    expect((await synthesize(server, outDir)).losses).toEqual(losses);
    expect(server.requests()).toBe(asked);
  }, 60_000);

  it('keeps the reason where a program is refused, reports the share lost, and tries again when asked to', async () => {
    const good = imitate(known);
    let isMean = true;
    const reply: ChatServerOptions['reply'] = (request) => {
      const text = good(request);
      return isMean && text === programReply(known[0]) && request.messages[0].content === PROGRAM_INSTRUCTIONS
        ? text.replace(/beats\((\[.*?\]), (\[.*?\]), 1\)/, 'beats($2, $1, 1)')
        : text;
    };
    const server = await serve({ reply });
    const outDir = scratchFolder();
    const { losses } = await synthesize(server, outDir);
    expect(losses).toMatchObject({ kept: 1, lost: 1, reasons: { conditions: 1 } });
    const [lost] = linesOf(outDir, 'rejected.jsonl');
    expect(lost).toMatchObject({
      scenarioId: known[0].id,
      stage: 'program',
      reason: expect.stringContaining('no evidence states'),
    });
    expect(JSON.parse(readFileSync(join(outDir, 'synthesis.json'), 'utf8')).losses).toEqual(losses);
    isMean = false;
    // The replies that were refused are answers all the same: asked again they are the same, and so is the rejection.
    expect((await synthesize(server, outDir, { retryFailed: true })).losses.lost).toBe(1);
  }, 60_000);

  it('says how far independently written programs agree', async () => {
    const server = await serve({ reply: imitate(known) });
    const outDir = scratchFolder();
    await synthesize(server, outDir, { programs: 2 });
    const [{ agreement }] = linesOf(outDir, 'verdicts.jsonl');
    expect(agreement).toMatchObject({
      q1: { means: [expect.any(Number), expect.any(Number)], spread: 0, distance: 0 },
    });
  }, 60_000);
});

describe('askDirectly', () => {
  it('writes answers that can be compared, and the reason where there is none', async () => {
    const server = await serve({
      reply: ({ messages }) =>
        messages.at(-1)?.content.includes(known[0].queries[0].text) ? 'No idea.' : 'Perhaps <42>',
    });
    const outDir = scratchFolder();
    const summary = await askDirectly({
      ...language(server),
      scenarios: () => stream(known.slice(0, 1)),
      total: 4,
      outDir,
      samples: 2,
      temperature: 1,
    });
    expect(summary).toMatchObject({ answered: 3, failed: 1 });
    expect(linesOf(outDir, 'answers.jsonl')[0]).toEqual({
      scenarioId: known[0].id,
      queryId: 'q2',
      source: 'external',
      sourceId: 'tiny',
      samples: [42, 42],
    });
    expect(linesOf(outDir, 'failed.jsonl')).toEqual([
      { scenarioId: known[0].id, queryId: 'q1', reason: expect.stringContaining('expected one whole number') },
    ]);
  });
});

describe('a run that is killed', () => {
  /** Runs the process again and again, killing it when the service has charged each of `kills` questions, until it ends by itself. */
  async function runThroughKills(
    server: ChatServer,
    options: JobProcessOptions,
    kills: readonly number[],
  ): Promise<void> {
    for (const charged of [...kills, Number.POSITIVE_INFINITY]) {
      const entry = join(import.meta.dirname, '../language/jobProcess.ts');
      const child = spawn(process.execPath, [entry, JSON.stringify(options)], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      let code: number | null | undefined;
      const ended = new Promise((resolve) => child.on('exit', (status) => resolve((code = status))));
      while (code === undefined && server.charged.size < charged) await wait(5);
      child.kill('SIGKILL');
      await ended;
      if (charged < Number.POSITIVE_INFINITY)
        expect([code, existsSync(join(options.outDir, 'answers.jsonl'))]).toEqual([null, false]);
      else expect(code).toBe(0);
    }
  }

  it('loses and repeats nothing: every question is charged once', async () => {
    const scenarios = [...generateScenarios({ domain: 'general', count: 30, seed: 5, teamSizes: [2, 3] })];
    const folder = scratchFolder();
    const file = join(folder, 'scenarios.jsonl');
    writeFileSync(file, scenarios.map((scenario) => `${JSON.stringify(scenario)}\n`).join(''));
    const server = await serve({ reply: imitate(scenarios), faultRate: 0.3, seed: 11, delayMs: 20 });
    const outDir = join(folder, 'out');
    const kills = [10, 40, 75, 119];
    await runThroughKills(
      server,
      { kind: 'answers', scenarios: file, total: 120, outDir, baseUrl: server.baseUrl },
      kills,
    );
    expect(linesOf(outDir, 'answers.jsonl')).toHaveLength(120);
    expect(server.charged.size).toBe(120);
    expect([...server.charged.values()].every((count) => count === 1)).toBe(true);
    // What was delivered in the moment of a kill is asked for once more by the same key, and not charged again.
    expect(server.repeats()).toBeLessThanOrEqual(8 * kills.length);
  }, 60_000);
});
