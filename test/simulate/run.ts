/** `npm run test:simulate [people] [study] [seed]`: many simulated people take part in a bundled study; prints balance, sequences made again, and correlations. */
import { studyPosteriors } from '../../main/jobs/studyPosteriors.ts';
import { createInferencePool } from '../../main/processes/inferencePool.ts';
import { resource, version } from '../../main/resources.ts';
import { loadStudy } from '../../main/studies.ts';
import { runSimulation } from './simulate.ts';

const [people = '500', slug = 'ladder', seed = '1'] = process.argv.slice(2);
const study = loadStudy(resource('studies', slug));
const pool = createInferencePool({ workers: 2, engineVersion: version() });
const posteriors = await studyPosteriors(pool, study, { precision: 1, seed: 1 });
await pool.stop();
const result = await runSimulation({ study, posteriors, participants: Number(people), seed: Number(seed) });
console.table(result.balance);
const { remade, correlation, seconds } = result;
console.log(`sequences made again: ${remade.equal} of ${remade.wanted} equal`);
console.log(
  `correlation with the programs: planted ${correlation.planted.toFixed(4)}, recovered ${correlation.recovered.toFixed(4)} [${correlation.low.toFixed(4)}, ${correlation.high.toFixed(4)}]`,
);
console.log(`${people} people in ${seconds.toFixed(1)} s`);
const counts = result.balance.map(({ completed }) => completed);
const isBalanced = Math.max(...counts) - Math.min(...counts) <= 1;
process.exitCode = isBalanced && correlation.isPlausible && remade.equal === remade.wanted ? 0 : 1;
