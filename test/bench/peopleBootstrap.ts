/**
 * Speed of the bootstrap over people: 10,000 replicates of r over 240 queries × 20 people, against the plain way (build each resampled
 * table, take its means, correlate), in one process; the plain way runs fewer replicates and is scaled.
 */
import { createRandom } from '../../engine/random.ts';
import { resampleCounts } from '../../engine/statistics/bootstrap.ts';
import { bootstrapCorrelation } from '../../engine/statistics/correlationBootstrap.ts';
import { pearson } from '../../engine/statistics/pearson.ts';
import { queryMeans, type RatingTable } from '../../engine/statistics/ratings.ts';
import { RESAMPLING_UNITS } from '../../shared/comparison.ts';

const PEOPLE = 20;
const QUERIES = 240;
const REPLICATES = 10_000;
const PLAIN_REPLICATES = 500;
const ROUNDS = 5;

const random = createRandom(1);
const answers = Float64Array.from({ length: QUERIES }, () => 100 * random.uniform());
const table: RatingTable = {
  participants: PEOPLE,
  queries: QUERIES,
  values: Float64Array.from({ length: PEOPLE * QUERIES }, (_, i) => answers[i % QUERIES] + 20 * random.gaussian()),
};

function plainReplicates(count: number): void {
  const counts = new Float64Array(PEOPLE);
  for (let b = 0; b < count; b++) {
    resampleCounts(random, counts);
    const people = [...counts].flatMap((times, p) => new Array<number>(times).fill(p));
    const values = Float64Array.from(people.flatMap((p) => [...table.values.subarray(p * QUERIES, (p + 1) * QUERIES)]));
    pearson(queryMeans([{ participants: people.length, queries: QUERIES, values }]).mean, answers);
  }
}

/** The middle of `ROUNDS` times, in ms. */
function medianMs(run: () => void): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const startedAt = performance.now();
    run();
    return performance.now() - startedAt;
  });
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
}

const plain = medianMs(() => plainReplicates(PLAIN_REPLICATES)) * (REPLICATES / PLAIN_REPLICATES);
for (const unit of RESAMPLING_UNITS) {
  const ours = medianMs(() =>
    bootstrapCorrelation(createRandom(2), [table], answers, { unit, replicates: REPLICATES }),
  );
  console.log(
    `${unit}: ${ours.toFixed(0)} ms, the plain way ${plain.toFixed(0)} ms, ratio ${(plain / ours).toFixed(1)}`,
  );
}
