/** Promises of training: packing, what the shipped transformer reads and learns, and runs that survive kills bit for bit. */
import { type FiguredPromise, readOff, testPromise } from './promise.ts';

export const TRAINING: readonly FiguredPromise[] = [
  {
    area: 'training',
    promise: 'four queries packed on one text are answered at least 2.5 × as fast as apart',
    measure: (run) => {
      const { output } = run('node', ['test/bench/training.ts']);
      const ratio = Number(readOff(output, /apart .* ratio ([\d.]+)/));
      const step = readOff(output, /median (\d+) ms/);
      return { figure: `${ratio} ×; one LoRA step ${step} ms`, holds: ratio >= 2.5 };
    },
  },
  {
    area: 'training',
    promise: 'the shipped transformer answers at least 95 % of held-out plain reading questions',
    measure: (run) => {
      const { output } = run('node', ['build/pretrain/evaluateReading.ts', 'studies/transformer', '--texts', '300']);
      const share = Number(readOff(output, /^plain .* ([\d.]+) %/m));
      const all = readOff(output, /^all .* ([\d.]+) %/m);
      return { figure: `${share} %; with comparisons of sums ${all} %`, holds: share >= 95 };
    },
  },
  {
    area: 'training',
    promise:
      'distribution adapters are at most 0.75 × as far off as the kind means, and nearer than base and mean adapters',
    measure: (run) => {
      const { output } = run('node', ['test/bench/learning.ts']);
      const ratio = (other: string): number =>
        Number(readOff(output, new RegExp(`distribution adapter / ${other}: ([\\d.]+)`)));
      const [floor, base, mean] = ['kind-mean floor', 'base', 'mean adapter'].map(ratio);
      return {
        figure: `MAE on rank and contest ${floor} × the kind means’, ${base} × the base’s, ${mean} × the mean adapters’`,
        holds: floor <= 0.75 && base < 1 && mean < 1,
      };
    },
  },
  testPromise(
    'training',
    'a run killed at 20 random moments and resumed ends bit for bit as an undisturbed one',
    'test/main/processes/trainingKill.test.ts',
    { CREDENCE_KILLS: '20' },
  ),
];
