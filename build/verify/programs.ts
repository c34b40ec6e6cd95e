/** Promises of programs and inference: speed as ratios, safety under mutated programs. */
import { type FiguredPromise, readOff, testPromise } from './promise.ts';

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
  testPromise(
    'programs',
    '20,000 mutated programs end in a result, a typed error or a limit',
    'test/attacks/fuzz.test.ts',
    { CREDENCE_FUZZ_COUNT: '20000' },
  ),
  testPromise(
    'programs',
    'volley’s recorded answers are reproduced by every method, hmc included',
    'test/engine/inference/infer.test.ts',
  ),
];
