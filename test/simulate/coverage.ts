/**
 * `npm run test:coverage [seeds] [people] [study] [first seed]`: how often the 95 % interval of the recovered correlation holds the planted one, over many
 * simulated sessions (100 of 500 people) made without a store. The planted one is known up to its own standard error only, which moves all
 * intervals together, and few sessions say little: so the interval is also tried on thousands of sessions drawn from all those people, whose
 * mean is known exactly. Exit code 1 where either is less than a right interval would give in 999 of 1000 tries.
 */
import { createRandom, pick } from '../../engine/random.ts';
import { mean } from '../../engine/statistics/moments.ts';
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

/** Sessions drawn from the people of all simulated ones. */
const SESSIONS = 2000;

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
const everybody: number[] = [];
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
  for (const correlation of correlations) everybody.push(correlation);
}
const n = Number(seeds);
const isEnough = (held: number, of: number): boolean => held >= 0.95 * of - 3.1 * Math.sqrt(0.95 * 0.05 * of);
console.log(
  `planted ${planted.value.toFixed(5)} ± ${planted.standardError.toFixed(5)}, mean difference ${(gap / n).toFixed(5)}`,
);
console.log(
  `${within} of ${n} intervals of ${people} people hold what was planted (${((100 * within) / n).toFixed(1)} %)`,
);
const truth = { value: mean(everybody), standardError: 0 };
const again = createRandom(Number(first)).split('sessions');
let held = 0;
for (let session = 0; session < SESSIONS; session++) {
  const random = again.split(session);
  const correlations = Array.from({ length: Number(people) }, () => pick(random, everybody));
  held += Number(recoverCorrelation(random.split('bootstrap'), correlations, truth).isWithin);
}
console.log(
  `${held} of ${SESSIONS} intervals of people drawn from all ${everybody.length} hold the mean of all (${((100 * held) / SESSIONS).toFixed(1)} %)`,
);
process.exitCode = isEnough(within, n) && isEnough(held, SESSIONS) ? 0 : 1;
