import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { infer } from '../../engine/inference/infer.ts';
import { compile } from '../../engine/program/compile.ts';
import { createInferencePool } from '../../main/processes/inferencePool.ts';
import { startInferenceChild } from '../../main/processes/inferenceProcess.ts';
import { UserError } from '../../shared/errors.ts';
import { testHost } from '../engine/inference/testHost.ts';

type Case = { readonly name: string; readonly source: string };
const read = (name: string): Case[] =>
  JSON.parse(readFileSync(new URL(`../fixtures/attacks/${name}.json`, import.meta.url), 'utf8'));
const own: Case[] = JSON.parse(readFileSync(new URL('./moreAttacks.json', import.meta.url), 'utf8'));
const attacks = [...read('attacks'), ...own];

const pool = createInferencePool({ workers: 2, maxBytes: 500 * 2 ** 20 });
const startRaw = () => startInferenceChild(join(import.meta.dirname, 'rawProcess.ts'));
const rawPool = createInferencePool({
  workers: 1,
  maxBytes: 400 * 2 ** 20,
  startProcess: startRaw,
});
const folder = mkdtempSync(join(tmpdir(), 'credence-canary-'));
const canary = join(folder, 'canary');
afterAll(async () => {
  await pool.stop();
  await rawPool.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Names and values a program must not be able to change. */
const fingerprint = (): string =>
  JSON.stringify(
    [Object.prototype, Array.prototype, Function.prototype, String.prototype, globalThis, Math, JSON].map((object) =>
      Reflect.ownKeys(object).map(String).sort(),
    ),
  );

/** The outcome of a program: a result or a typed error; anything else fails the test. */
async function outcomeOf(source: string): Promise<UserError | 'result'> {
  const result = await pool
    .run({ source, options: { samples: 20, maxExecutions: 5_000, maxSeconds: 3 } })
    .catch((error) => error);
  if (result instanceof UserError) return result;
  if (result instanceof Error) throw result;
  return 'result';
}

describe('every attack ends in a typed error, a limit or a harmless result', () => {
  test.each(attacks)('$name', async ({ source }) => {
    const outcome = await outcomeOf(source);
    if (outcome === 'result') return;
    expect(outcome.message).toMatch(/^(program|infer): /);
    expect(outcome.message).not.toMatch(/node:|\.ts:|\.js:|at .*\(|v\d+ is not|Cannot read/);
  });
});

test('compiling and running them in one process changes no global and no intrinsic', () => {
  const before = fingerprint();
  for (const { source } of attacks) {
    try {
      infer(compile(source), { samples: 5, maxExecutions: 50 }, testHost);
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
    }
  }
  expect(fingerprint()).toBe(before);
});

test('generated code holds no character of the source outside escaped text', () => {
  const source = "var v1_x = 'a</script>*/\\u2028'; var model = function () { return {q: v1_x.length}; };";
  const { text } = compile(source).print({ hasAddresses: false, isDifferentiable: false });
  expect(text).not.toMatch(/v1_x|<\/script>|\u2028/);
  expect(infer(compile(source), { method: 'forward', samples: 10 }, testHost).queries.q.mean).toBe(13);
});

/** JavaScript that tries to have an effect outside, as if gate and code generation had let it through. */
const EFFECTS: Case[] = [
  {
    name: 'writes a file',
    source: `process.getBuiltinModule('node:fs').writeFileSync(${JSON.stringify(canary)}, 'x')`,
  },
  { name: 'reads a file', source: "process.getBuiltinModule('node:fs').readFileSync('/etc/passwd', 'utf8')" },
  { name: 'starts a process', source: `process.getBuiltinModule('node:child_process').execSync('touch ${canary}')` },
  {
    name: 'starts a worker',
    source: `new (process.getBuiltinModule('node:worker_threads').Worker)('require("fs").writeFileSync(${JSON.stringify(canary)}, "x")', {eval: true})`,
  },
  { name: 'makes code from strings', source: "(function () {}).constructor('return 1')()" },
  { name: 'makes code by eval', source: "(0, eval)('1')" },
  { name: 'loads native code', source: "process.dlopen({exports: {}}, '/lib/x86_64-linux-gnu/libc.so.6')" },
];

describe('with the language layers off, the process still has no effect on files and processes', () => {
  test.each(EFFECTS)('locked realm and process: $name', async ({ source }) => {
    await expect(rawPool.run({ source, options: { maxSeconds: 3 } })).rejects.toThrow();
    expect(existsSync(canary)).toBe(false);
  });
  test.each(EFFECTS)('process alone: $name', async ({ source }) => {
    const fresh = createInferencePool({ workers: 1, startProcess: startRaw });
    await expect(fresh.run({ source: `//no-realm\n${source}`, options: { maxSeconds: 3 } })).rejects.toThrow();
    await fresh.stop();
    expect(existsSync(canary)).toBe(false);
  });
  test('the environment holds nothing of ours', async () => {
    process.env.CREDENCE_CANARY = 'secret';
    const { queries } = await rawPool.run({
      source: '//no-realm\ntypeof process === "undefined" ? "gone" : Object.keys(process.env).join()',
      options: {},
    });
    expect(queries.value.support?.[0]).not.toMatch(/CANARY|PATH|HOME/);
  });
});

test('the network is closed by gate and realm; the process flags of Node do not cover it', async () => {
  let requests = 0;
  const server = createServer((_, response) => {
    requests++;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await outcomeOf(`fetch("http://127.0.0.1:${port}/")`)).toBeInstanceOf(UserError);
  await expect(rawPool.run({ source: `fetch("http://127.0.0.1:${port}/")`, options: {} })).rejects.toThrow(
    /not defined/,
  );
  await expect(
    rawPool.run({ source: `process.getBuiltinModule('node:net').connect(${port})`, options: {} }),
  ).rejects.toThrow(/not defined/);
  await new Promise((resolve) => setTimeout(resolve, 200));
  server.close();
  expect(requests).toBe(0);
});

/** Bombs that end by a limit; the rest end by themselves, in an error of the language. */
describe('resource bombs leave this process alive and the next program is served', () => {
  test.each(read('bombs'))('$name', { timeout: 30_000 }, async ({ source }) => {
    await rawPool
      .run({ source, options: { maxSeconds: 0.2 } })
      .catch((error) => expect(error).toBeInstanceOf(UserError));
    const { queries } = await rawPool.run({ source: '40 + 2', options: { maxSeconds: 5 } });
    expect(queries.value.support).toEqual([42]);
  });
});
