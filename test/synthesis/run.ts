/**
 * Synthesis at full size, `npm run test:synthesis`: built-in programs through validation, 500 jobs through a service that fails 30 % of the
 * time, killed on the way. Prints what was measured; ends with 1 when something is lost, repeated or wrongly refused.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { generateScenarios } from '../../engine/scenario/generate.ts';
import { describeLosses } from '../../main/jobs/lossTally.ts';
import { validatePrograms } from '../../main/jobs/programValidation.ts';
import { createInferencePool } from '../../main/processes/inferencePool.ts';
import type { Scenario } from '../../shared/scenario.ts';
import { type ChatServer, startChatServer } from '../main/language/chatServer.ts';
import { imitate, withoutFacts } from '../main/language/imitation.ts';
import type { JobProcessOptions } from '../main/language/jobProcess.ts';

const PROGRAMS_PER_GROUP = Number(process.argv[2] ?? 50);
const JOBS = Number(process.argv[3] ?? 500);
/** Questions charged at which the process is killed, as shares of three per job. */
const KILLS = [0.1, 0.3, 0.5, 0.7, 0.9];
const FAULT_RATE = 0.3;

const folder = mkdtempSync(join(tmpdir(), 'credence-synthesis-'));
const faults: string[] = [];
const check = (holds: boolean, what: string): void => {
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}`);
  if (!holds) faults.push(what);
};

async function* stream(scenarios: readonly Scenario[]): AsyncGenerator<Scenario> {
  yield* scenarios;
}

async function validateBuiltIn(): Promise<void> {
  const scenarios = (['sports', 'healthcare', 'general'] as const).flatMap((domain) =>
    (['structured', 'free-form'] as const).flatMap((style) => [
      ...generateScenarios({ domain, style, count: PROGRAMS_PER_GROUP, seed: 41 }),
    ]),
  );
  const pool = createInferencePool({ workers: availableParallelism() });
  const startedAt = performance.now();
  const outDir = join(folder, 'validated');
  const { losses } = await validatePrograms({
    scenarios: stream(scenarios),
    total: scenarios.length,
    outDir,
    pool,
    seed: 1,
  });
  await pool.stop();
  console.log(describeLosses(losses));
  const seconds = (performance.now() - startedAt) / 1000;
  check(
    losses.lost === 0,
    `${losses.kept} of ${scenarios.length} built-in programs pass every check (${(seconds / scenarios.length).toFixed(2)} s each)`,
  );
}

/** Runs the jobs to their end, killing the process when so many questions are charged. */
async function runThroughKills(
  server: ChatServer,
  options: JobProcessOptions,
  kills: readonly number[],
): Promise<void> {
  for (const charged of [...kills, Number.POSITIVE_INFINITY]) {
    const entry = join(import.meta.dirname, '../main/language/jobProcess.ts');
    const child = spawn(process.execPath, [entry, JSON.stringify(options)], { stdio: ['ignore', 'ignore', 'inherit'] });
    let code: number | null | undefined;
    const ended = new Promise((resolve) => child.on('exit', (status) => resolve((code = status))));
    while (code === undefined && server.charged.size < charged) await wait(10);
    child.kill('SIGKILL');
    await ended;
    if (charged === Number.POSITIVE_INFINITY) check(code === 0, 'the last run ends by itself');
  }
}

const linesIn = (file: string): string[] => readFileSync(file, 'utf8').split('\n').filter(Boolean);

async function runJobs(): Promise<void> {
  const scenarios = [
    ...generateScenarios({
      domain: 'sports',
      count: JOBS,
      seed: 42,
      teamSizes: [1],
      cells: [
        { P: 0, C: 0, R: 1 },
        { P: 3, C: 0, R: 1 },
      ],
    }),
  ];
  const file = join(folder, 'scenarios.jsonl');
  writeFileSync(file, scenarios.map((scenario) => `${JSON.stringify(withoutFacts(scenario))}\n`).join(''));
  const server = await startChatServer({ reply: imitate(scenarios), faultRate: FAULT_RATE, seed: 43, delayMs: 5 });
  const outDir = join(folder, 'out');
  const questions = 3 * JOBS;
  const kills = KILLS.map((share) => Math.floor(share * questions));
  const startedAt = performance.now();
  await runThroughKills(
    server,
    { kind: 'synthesis', scenarios: file, total: JOBS, outDir, baseUrl: server.baseUrl },
    kills,
  );
  await server.close();
  const done = linesIn(join(outDir, 'scenarios.jsonl'));
  const rejected = linesIn(join(outDir, 'rejected.jsonl'));
  const ids = [...done.map((line) => JSON.parse(line).id), ...rejected.map((line) => JSON.parse(line).scenarioId)];
  const failed = Object.values(server.faults).reduce((sum, count) => sum + count, 0);
  console.log(
    `${server.requests()} requests, ${failed} failed on purpose (${JSON.stringify(server.faults)}), ${((performance.now() - startedAt) / 1000).toFixed(0)} s`,
  );
  check(
    ids.length === JOBS && new Set(ids).size === JOBS,
    `${JOBS} jobs, each ends once: ${done.length} done, ${rejected.length} failed with a reason`,
  );
  check(
    rejected.every((line) => JSON.parse(line).reason.length > 0),
    'every rejection has its reason',
  );
  check(server.charged.size === questions, `${server.charged.size} of ${questions} questions charged`);
  check(
    [...server.charged.values()].every((count) => count === 1),
    'none charged twice',
  );
  check(
    server.repeats() <= 8 * kills.length,
    `${server.repeats()} delivered in the moment of ${kills.length} kills, asked for again by the same key`,
  );
}

await validateBuiltIn();
await runJobs();
rmSync(folder, { recursive: true, force: true });
process.exit(faults.length === 0 ? 0 : 1);
