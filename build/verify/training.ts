/** Promises of training: packing, steady memory, and runs that survive kills bit for bit. */
import { type FiguredPromise, readOff } from './promise.ts';

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
    promise: 'a run killed at 20 random moments and resumed ends bit for bit as an undisturbed one',
    measure: (run) => {
      const args = [
        'run',
        '--config',
        'build/vitest.config.ts',
        '--testTimeout',
        '3600000',
        'test/main/processes/trainingKill.test.ts',
      ];
      const { code } = run('vitest', args, { CREDENCE_KILLS: '20' });
      return { figure: code === 0 ? 'identical' : 'FAILED', holds: code === 0 };
    },
  },
];
