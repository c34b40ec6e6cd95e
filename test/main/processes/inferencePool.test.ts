import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { createInferencePool } from '../../../main/processes/inferencePool.ts';
import { CancelledError, UserError } from '../../../shared/errors.ts';

const pool = createInferencePool({ workers: 2, maxBytes: 600 * 2 ** 20 });
afterAll(() => pool.stop());

const COIN = 'var model = function () { return {coin: flip(0.3) ? 100 : 0}; };';
const ENDLESS =
  'var model = function () { var f = function (n) { return n === 0 ? 0 : f(n - 1) + f(n - 1); }; return {x: f(200)}; };';

test('a program runs in a process of its own and comes back with its hash', async () => {
  const posterior = await pool.run({ source: COIN, options: { method: 'forward', samples: 5000 } });
  expect(Math.abs((posterior.queries.coin.mean ?? 0) - 30)).toBeLessThan(4 * (posterior.queries.coin.mcse ?? 0));
  expect(posterior.programHash).toMatch(/^[0-9a-f]{64}$/);
});

test('results do not depend on the number of workers', async () => {
  const single = createInferencePool({ workers: 1 });
  const job = { source: COIN, options: { method: 'forward' as const, samples: 3000, seed: 9 } };
  const [a, b] = [await single.run(job), (await Promise.all([pool.run(job), pool.run(job)]))[1]];
  await single.stop();
  expect(a.queries).toEqual(b.queries);
});

test('a fault of the program comes back as a UserError with its place', async () => {
  const error = await pool
    .run({ source: 'var model = function () {\n  return flop(0.3);\n};', file: 'coin.wppl', options: {} })
    .catch((e) => e);
  expect(error).toBeInstanceOf(UserError);
  expect(error.message).toMatch(/flop is not defined/);
  expect(error.hint).toMatch(/did you mean flip\?/);
  expect(error.location).toMatchObject({ file: 'coin.wppl', line: 2, column: 10 });
});

test('a running program stops when it is cancelled, long before its own end, and the next is served', async () => {
  const abort = new AbortController();
  const running = pool
    .run({ source: COIN, options: { method: 'forward', samples: 1_000_000_000 } }, { signal: abort.signal })
    .catch((e) => e);
  await new Promise((resolve) => setTimeout(resolve, 300));
  abort.abort();
  expect(await running).toBeInstanceOf(CancelledError);
  expect((await pool.run({ source: COIN, options: { method: 'forward', samples: 100 } })).accepted).toBe(100);
});

test('a program that never ends is stopped at its time limit or by its fuel', async () => {
  const error = await pool.run({ source: ENDLESS, options: { method: 'forward', maxSeconds: 1 } }).catch((e) => e);
  expect(error).toBeInstanceOf(UserError);
  expect(error.message).toMatch(/too many steps|no answer within 1 s/);
});

test('stopping the pool cancels what waits', async () => {
  const other = createInferencePool({ workers: 1 });
  const jobs = [1, 2, 3].map(() => other.run({ source: ENDLESS, options: { method: 'forward' } }).catch((e) => e));
  await other.stop();
  for (const error of await Promise.all(jobs)) expect(error).toBeInstanceOf(CancelledError);
});

test.runIf(process.platform === 'linux')('a program whose process somebody ends is begun anew, once', async () => {
  const single = createInferencePool({ workers: 1 });
  const child = (): number =>
    Number(
      readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
        .trim()
        .split(' ')
        .find((pid) => !seen.has(Number(pid))),
    );
  const seen = new Set(
    readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
  );
  const options = { method: 'forward', samples: 3_000_000, seed: 5 } as const;
  let kills = 0;
  const killOnce = {
    onProgress: () => {
      if (kills++ === 0) process.kill(child(), 'SIGKILL');
    },
  };
  const killed = await single.run({ source: COIN, options }, killOnce);
  expect(kills).toBeGreaterThan(1);
  const undisturbed = await single.run({ source: COIN, options });
  expect(killed.queries).toEqual(undisturbed.queries);
  await single.stop();
});
