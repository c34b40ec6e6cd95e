/** The interval of a recovered correlation, where the truth is known: people of a skewed law, whose mean is told by a formula. */
import { expect, it } from 'vitest';
import { createRandom } from '../../engine/random.ts';
import { recoverCorrelation } from './recoveredCorrelation.ts';

const SESSIONS = 600;
const PEOPLE = 100;

it('holds a known mean of skewed people in 95 of 100 sessions, and misses it on either side', () => {
  // 1 − 0.1·E with E the mean of two exponentials: mean 0.9, skewness −√2, more than simulated people have.
  const truth = { value: 0.9, standardError: 0 };
  let below = 0;
  let above = 0;
  for (let session = 0; session < SESSIONS; session++) {
    const random = createRandom(session);
    const exponential = (): number => -Math.log(1 - random.uniform());
    const people = Array.from({ length: PEOPLE }, () => 1 - 0.05 * (exponential() + exponential()));
    const { low, high } = recoverCorrelation(random.split('bootstrap'), people, truth);
    below += Number(high < truth.value);
    above += Number(low > truth.value);
  }
  // 30 are expected; the bounds are 3.1 standard deviations of that count, and of 15 on each side.
  expect(below + above).toBeGreaterThan(13);
  expect(below + above).toBeLessThan(47);
  expect(below).toBeLessThan(27);
  expect(above).toBeLessThan(27);
});

it('is widened by the standard error of the truth', () => {
  const random = createRandom(3);
  const people = Array.from({ length: 200 }, () => 0.8 + 0.1 * random.gaussian());
  const width = (standardError: number): number => {
    const { low, high } = recoverCorrelation(createRandom(5), people, { value: 0.8, standardError });
    return high - low;
  };
  // Pythagoras: √(se² + (√3·se)²) = 2·se.
  const centre = people.reduce((sum, one) => sum + one, 0) / people.length;
  const spread = Math.sqrt(people.reduce((sum, one) => sum + (one - centre) ** 2, 0) / (people.length - 1));
  expect(width((Math.sqrt(3) * spread) / Math.sqrt(people.length)) / width(0)).toBeCloseTo(2, 10);
});
