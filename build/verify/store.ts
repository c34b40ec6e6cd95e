/** Promises of the store: nothing acknowledged is lost, whatever happens to the process, the power, the disk or the files. */
import type { FiguredPromise } from './promise.ts';

/** A check that prints its own table and says by its exit code whether it held. */
const check = (promise: string, script: string, count: number): FiguredPromise => ({
  area: 'store',
  promise,
  measure: (run) => {
    const { code, output, seconds } = run('node', [script, String(count)]);
    const figures = [
      ...output.matchAll(
        /│\s*(lost|doubled|outOfOrder|altered|unopened|unmended|unseen|faults|acknowledged)\s*│\s*(\d+)/g,
      ),
    ];
    const text = figures.map(([, name, value]) => `${name} ${value}`).join(', ');
    return { figure: `${text || `exit code ${code}`} in ${seconds.toFixed(0)} s`, holds: code === 0 };
  },
});

export const STORE: readonly FiguredPromise[] = [
  check('200 kills while 8 clients answer lose, double and move nothing', 'test/kill/run.ts', 200),
  check('2,000 crash images of a power cut lose nothing; without syncs and log they must', 'test/power/run.ts', 2000),
  check('a disk that fills up at 100 points loses nothing', 'test/diskFull/run.ts', 100),
  check(
    'attacks on a lab network let nothing through and keep no station waiting 100 ms',
    'test/lanAttacks/run.ts',
    15,
  ),
  check('200 random damages are found and mended without loss', 'test/damage/run.ts', 200),
];
