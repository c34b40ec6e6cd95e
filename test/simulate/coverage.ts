/**
 * `npm run test:coverage [seeds] [people] [study] [first seed]`: how often the 95 % interval of the recovered correlation holds the planted one, over many
 * simulated sessions (100 of 500 people) made without a store. Exit code 1 where that is less than a right interval would give in 999 of 1000
 * tries.
 */
import { createRandom } from '../../engine/random.ts';
import { cellsOf } from '../../engine/study/design.ts';
import { resolveSequence } from '../../engine/study/resolveSequence.ts';
import { showScreen } from '../../engine/study/showScreen.ts';
import { simulateParticipant } from '../../engine/study/simulatedParticipant.ts';
import { studyPosteriors } from '../../main/jobs/studyPosteriors.ts';
import { createInferencePool } from '../../main/processes/inferencePool.ts';
import { resource, version } from '../../main/resources.ts';
import { loadStudy } from '../../main/studies.ts';
import { plantedCorrelation } from './plantedCorrelation.ts';
import { correlationOf, recoverCorrelation } from './recoveredCorrelation.ts';

const [seeds = '100', people = '500', slug = 'ladder', first = '1'] = process.argv.slice(2);
const study = loadStudy(resource('studies', slug));
const pool = createInferencePool({ workers: 2, engineVersion: version() });
const posteriors = await studyPosteriors(pool, study, { precision: 1, seed: 1 });
await pool.stop();

const [cell] = cellsOf(study);
const viewer = {
  study,
  locale: study.locale,
  random: createRandom(1),
  attempts: {},
  withdrawalCode: '',
  isRevisit: false,
};
const screens = resolveSequence(createRandom(1), study, cell)
  .map((screen) => showScreen(viewer, screen))
  .filter((screen) => screen.kind === 'questions' && screen.phase === 'main');
const planted = plantedCorrelation(createRandom(0).split('planted'), study, posteriors);
let within = 0;
let gap = 0;
for (let seed = Number(first); seed < Number(first) + Number(seeds); seed++) {
  const random = createRandom(seed);
  const correlations = Array.from({ length: Number(people) }, (_, i) =>
    correlationOf(
      simulateParticipant(random.split('person', i), 'noisy-posterior', screens, { posteriors }),
      posteriors,
    ),
  );
  const recovered = recoverCorrelation(random.split('bootstrap'), correlations, planted);
  within += Number(recovered.isWithin);
  gap += recovered.value - planted.value;
}
const n = Number(seeds);
const least = 0.95 * n - 3.1 * Math.sqrt(0.95 * 0.05 * n);
console.log(
  `planted ${planted.value.toFixed(5)} ± ${planted.standardError.toFixed(5)}, mean difference ${(gap / n).toFixed(5)}`,
);
console.log(
  `${within} of ${n} intervals of ${people} people hold what was planted (${((100 * within) / n).toFixed(1)} %)`,
);
process.exitCode = within >= least ? 0 : 1;
