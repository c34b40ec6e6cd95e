/**
 * Speed of programs: our engine, the same programs written by hand, and webppl 0.9.15, in one process on one core, as executions a processor second
 * and ratios. Rounds of ours and the hand-written one alternate, so that a busy machine slows both; medians are shown.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { createForward } from '../../engine/inference/forward.ts';
import { createRejection } from '../../engine/inference/rejection.ts';
import { startProgram } from '../../engine/inference/runningProgram.ts';
import { compile } from '../../engine/program/compile.ts';
import { createDraws } from '../../engine/program/draws.ts';
import { createRandom } from '../../engine/random.ts';
import { ENGINE_FLAGS } from '../../main/processes/engineFlags.ts';
import { createTugOfWar } from './handWritten/tugofwar.ts';
import { createVolley } from './handWritten/volley.ts';

for (const flag of ENGINE_FLAGS) setFlagsFromString(flag);

const ROUNDS = Number(process.env.CREDENCE_BENCH_ROUNDS ?? 9);
const ROUND_SECONDS = 0.3;
const WEBPPL_SECONDS = 4;

const host = {
  load: (code: string, label: string) => new Script(code, { filename: label }).runInThisContext(),
  now: () => performance.now() / 1000,
};
const sourceOf = (name: string): string =>
  readFileSync(new URL(`../fixtures/programs/${name}.wppl`, import.meta.url), 'utf8');

/** Processor seconds of this process so far: unlike the clock, they do not run while another process has the core. */
const processorSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Calls of `run` a processor second, over about `seconds`. */
function rate(run: () => unknown, seconds: number): number {
  const startedAt = processorSeconds();
  let calls = 0;
  let spent = 0;
  while (spent < seconds) {
    for (let i = 0; i < 512; i++) run();
    calls += 512;
    spent = processorSeconds() - startedAt;
  }
  return calls / spent;
}

const median = (xs: readonly number[]): number => [...xs].sort((a, b) => a - b)[xs.length >> 1];

type Webppl = { readonly run: (code: string, done: () => void, options: { readonly debug: boolean }) => void };

/** Executions a second of webppl, from the difference of two lengths, which leaves out compiling and warming up. */
async function webpplRate(source: string, method: 'rejection' | 'forward', acceptance: number): Promise<number> {
  const webppl: Webppl = createRequire(import.meta.url)('webppl');
  const body = source.replace(/Infer\([\s\S]*$/, '');
  const options = method === 'rejection' ? `method: 'rejection', maxScore: 0` : `method: 'forward'`;
  const seconds = async (samples: number): Promise<number> => {
    const startedAt = processorSeconds();
    await new Promise<void>((done) =>
      webppl.run(`${body}\nInfer({${options}, samples: ${samples}, model: model})`, done, { debug: false }),
    );
    return processorSeconds() - startedAt;
  };
  let samples = 25;
  let last = await seconds(samples);
  for (;;) {
    samples *= 2;
    const next = await seconds(samples);
    if (next > WEBPPL_SECONDS) return samples / 2 / (next - last) / acceptance;
    last = next;
  }
}

const CASES = [
  { name: 'volley', method: 'rejection', acceptance: 0.037, create: createVolley },
  { name: 'volley', method: 'forward', acceptance: 1, create: createVolley },
  { name: 'tugofwar', method: 'rejection', acceptance: 0.047, create: createTugOfWar },
  { name: 'tugofwar', method: 'forward', acceptance: 1, create: createTugOfWar },
] as const;

console.log(
  `programs: executions a processor second, median of ${ROUNDS} rounds of ${ROUND_SECONDS} s, Node ${process.versions.node}`,
);
for (const { name, method, acceptance, create } of CASES) {
  const running = startProgram(compile(sourceOf(name)), host, { hasAddresses: false });
  running.runtime.draws.reseed(createRandom(1));
  const ours = method === 'forward' ? createForward(running, host) : createRejection(running, host);
  const draws = createDraws();
  draws.reseed(createRandom(1));
  const hand = create(draws, method === 'forward');
  rate(ours, ROUND_SECONDS);
  rate(hand, ROUND_SECONDS);
  const rounds = Array.from({ length: ROUNDS }, () => ({
    ours: rate(ours, ROUND_SECONDS),
    hand: rate(hand, ROUND_SECONDS),
  }));
  const ratio = median(rounds.map((round) => round.ours / round.hand));
  const speed = median(rounds.map((round) => round.ours));
  const webppl =
    process.env.CREDENCE_BENCH_WEBPPL === '0' ? Number.NaN : await webpplRate(sourceOf(name), method, acceptance);
  console.log(
    `${`${name} ${method}`.padEnd(20)} ours ${Math.round(speed).toLocaleString('en').padStart(10)}   hand-written ${Math.round(
      median(rounds.map((round) => round.hand)),
    )
      .toLocaleString('en')
      .padStart(
        10,
      )}   ours / hand ${ratio.toFixed(2)}   webppl ${webppl.toFixed(0).padStart(6)}   ours / webppl ${(speed / webppl).toFixed(0)}`,
  );
}
