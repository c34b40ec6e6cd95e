/**
 * Synthesis at full size, `npm run test:synthesis [programs per group] [jobs]`: 500 answers and 500 programs through a service that fails
 * 30 % of the time, killed on the way; built-in programs through validation. Prints what was measured; ends with 1 when something is lost, repeated or wrongly refused.
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
/** When the process is killed, as shares of the questions charged. */
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

/** Jobs of one kind through faults and kills: a program per scenario, or an answer per query. */
async function runJobs(kind: JobProcessOptions['kind'], jobs: number): Promise<void> {
  const perScenario = kind === 'answers' ? 4 : 1;
  const scenarios = [
    ...generateScenarios({
      domain: 'sports',
      count: jobs / perScenario,
      seed: 42,
      teamSizes: [1],
      cells: [{ P: 0, C: 0, R: 1 }],
    }),
  ];
  const source = join(folder, `${kind}.jsonl`);
  writeFileSync(source, scenarios.map((scenario) => `${JSON.stringify(withoutFacts(scenario))}\n`).join(''));
  const server = await startChatServer({ reply: imitate(scenarios), faultRate: FAULT_RATE, seed: 43, delayMs: 5 });
  const outDir = join(folder, kind);
  const questions = kind === 'answers' ? jobs : 3 * jobs;
  const kills = KILLS.map((share) => Math.floor(share * questions));
  const startedAt = performance.now();
  await runThroughKills(server, { kind, scenarios: source, total: jobs, outDir, baseUrl: server.baseUrl }, kills);
  await server.close();
  const [doneFile, failedFile] =
    kind === 'answers' ? ['answers.jsonl', 'failed.jsonl'] : ['scenarios.jsonl', 'rejected.jsonl'];
  const [done, failed] = [doneFile, failedFile].map((name) =>
    linesIn(join(outDir, name)).map((line) => JSON.parse(line)),
  );
  const ids = [...done, ...failed].map(({ id, scenarioId, queryId }) => `${id ?? scenarioId} ${queryId ?? ''}`);
  const spoilt = Object.values(server.faults).reduce((sum, count) => sum + count, 0);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  console.log(
    `${kind}: ${server.requests()} requests in ${seconds} s, ${spoilt} spoilt on purpose ${JSON.stringify(server.faults)}`,
  );
  check(
    ids.length === jobs && new Set(ids).size === jobs && failed.every(({ reason }) => reason.length > 0),
    `${jobs} jobs, each ends once: ${done.length} done, ${failed.length} failed with a reason`,
  );
  check(server.charged.size === questions, `${server.charged.size} of ${questions} questions charged`);
  check(
    [...server.charged.values()].every((count) => count === 1),
    'none charged twice',
  );
  check(
    server.repeats() <= 8 * kills.length,
    `${server.repeats()} delivered in the moment of one of ${kills.length} kills, asked for again by the same key`,
  );
}

await runJobs('answers', JOBS);
await runJobs('synthesis', JOBS);
await validateBuiltIn();
rmSync(folder, { recursive: true, force: true });
process.exit(faults.length === 0 ? 0 : 1);
