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
const { planted, recovered } = correlation;
console.log(
  `correlation with the programs: planted ${planted.value.toFixed(4)} ± ${planted.standardError.toFixed(4)}, recovered ${recovered.value.toFixed(4)} ` +
    `[${recovered.low.toFixed(4)}, ${recovered.high.toFixed(4)}]: ${recovered.isWithin ? 'within' : 'outside'}`,
);
console.log(`${people} people in ${seconds.toFixed(1)} s`);
const counts = result.balance.map(({ completed }) => completed);
const isBalanced = Math.max(...counts) - Math.min(...counts) <= 1;
process.exitCode = isBalanced && recovered.isPlausible && remade.equal === remade.wanted ? 0 : 1;
