/** Promises of the data engine: 10,000 scenarios in time and memory. */
import { type FiguredPromise, readOff } from './promise.ts';

export const DATASET: readonly FiguredPromise[] = [
  {
    area: 'data',
    promise:
      '10,000 scenarios are generated, labelled to 0.5 points and written in at most 20 minutes on 2 cores, in 1 GB',
    measure: (run) => {
      const { output, seconds } = run('node', ['test/bench/datasetBuild.ts', '10000']);
      const megabytes = Number(readOff(output, /at most (\d+) MB/));
      return {
        figure: `${(seconds / 60).toFixed(1)} minutes, ${megabytes} MB`,
        holds: seconds <= 1200 && megabytes <= 1024,
      };
    },
  },
];
