/** Promises of programs and inference: speed as ratios, safety under mutated programs. */
import { type FiguredPromise, readOff } from './promise.ts';

/** The two ratios of one line of the speed table. */
const ratios = (output: string, name: string): { hand: number; webppl: number } => ({
  hand: Number(readOff(output, new RegExp(`${name}.*ours / hand ([\\d.]+)`))),
  webppl: Number(readOff(output, new RegExp(`${name}.*ours / webppl ([\\d.]+)`))),
});

/** Least ratio to webppl of each case; null where none is promised. */
const WEBPPL_AT_LEAST: Readonly<Record<string, number | null>> = {
  'volley rejection': 700,
  'tugofwar rejection': 150,
  'tugofwar forward': 200,
  'volley forward': null,
};

export const PROGRAMS: readonly FiguredPromise[] = [
  {
    area: 'programs',
    promise:
      'at least 0.8 × hand-written JavaScript; volley rejection 700 ×, tug rejection 150 ×, tug forward 200 × webppl',
    measure: (run) => {
      const { output } = run('node', ['test/bench/programs.ts']);
      const rows = Object.entries(WEBPPL_AT_LEAST).map(([name, least]) => ({ name, least, ...ratios(output, name) }));
      return {
        figure: rows.map(({ name, hand, webppl }) => `${name} ${hand} × hand, ${webppl} × webppl`).join('; '),
        holds: rows.every(({ hand, webppl, least }) => hand >= 0.8 && (least === null || webppl >= least)),
      };
    },
  },
  {
    area: 'programs',
    promise: '20,000 mutated programs end in a result, a typed error or a limit',
    measure: (run) => {
      const args = [
        'run',
        '--config',
        'build/vitest.config.ts',
        '--testTimeout',
        '7200000',
        'test/attacks/fuzz.test.ts',
      ];
      const { code, seconds } = run('vitest', args, { CREDENCE_FUZZ_COUNT: '20000' });
      return { figure: `${code === 0 ? 'passed' : 'FAILED'} in ${seconds.toFixed(0)} s`, holds: code === 0 };
    },
  },
  {
    area: 'programs',
    promise: 'volley’s recorded answers are reproduced by every method, hmc included',
    measure: (run) => {
      const args = [
        'run',
        '--config',
        'build/vitest.config.ts',
        '--testTimeout',
        '600000',
        'test/engine/inference/infer.test.ts',
      ];
      const { code } = run('vitest', args, { CREDENCE_VERIFY: '1' });
      return { figure: code === 0 ? 'passed' : 'FAILED', holds: code === 0 };
    },
  },
];
