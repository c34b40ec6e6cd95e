/** Promises of training: packing, steady memory, and runs that survive kills bit for bit. */
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
  testPromise(
    'training',
    'a run killed at 20 random moments and resumed ends bit for bit as an undisturbed one',
    'test/main/processes/trainingKill.test.ts',
    { CREDENCE_KILLS: '20' },
  ),
];
