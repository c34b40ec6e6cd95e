/** Promises of the main job: the demo's time, its repeatability, and the data flow on known answers. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FiguredPromise, testPromise } from './promise.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'credence-verify-'));
const demo = (out: string, ...flags: string[]): string[] => [
  'bin/credence.js',
  'demo',
  '--out',
  join(out, 'demo'),
  ...flags,
];

/** Seconds the demo took, against a limit. */
function timed(promise: string, limit: number, ...flags: string[]): FiguredPromise {
  return {
    area: 'main job',
    promise,
    measure: (run) => {
      const out = folder();
      const { code, seconds } = run('node', demo(out, ...flags));
      rmSync(out, { recursive: true, force: true });
      return { figure: `${seconds.toFixed(0)} s, exit code ${code}`, holds: code === 0 && seconds <= limit };
    },
  };
}

export const MAIN_JOB: readonly FiguredPromise[] = [
  timed('the quick demo takes at most 90 s', 90, '--quick'),
  timed('the full demo takes at most 8 minutes on 2 cores', 480),
  {
    area: 'main job',
    promise: 'one seed gives the same table twice, another seed another',
    measure: (run) => {
      const out = folder();
      const table = (seed: number): string =>
        run('node', demo(out, '--quick', '--json', '--seed', String(seed))).output;
      const [first, second, other] = [table(1), table(1), table(2)];
      rmSync(out, { recursive: true, force: true });
      const isSame = first === second && first.includes('"evaluation"');
      return {
        figure: `${isSame ? 'identical' : 'DIFFERENT'}, other seed ${other === first ? 'THE SAME' : 'different'}`,
        holds: isSame && other !== first,
      };
    },
  },
  testPromise('main job', 'every arrow of the data flow agrees with a closed form', 'test/pipeline.test.ts'),
];
