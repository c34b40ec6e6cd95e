/**
 * Wilson's 95 % score interval of a share k/n: (k + z²/2 ± z·√(k(n − k)/n + z²/4)) / (n + z²). It never leaves [0, 1] and has a width where
 * k is 0 or n, unlike p ± z·√(p(1 − p)/n).
 * **Source:** E. B. Wilson, Probable inference, the law of succession, and statistical inference (1927).
 */
import { InternalError } from '../../shared/errors.ts';
import { Z95 } from './pearson.ts';

/** Both ends of the interval, of a share of `count` ≥ 1 items. */
export function wilsonInterval(share: number, count: number): readonly [low: number, high: number] {
  if (!(count >= 1 && share >= 0 && share <= 1)) throw new InternalError(`interval of a share ${share} of ${count}`);
  const centre = share * count + Z95 ** 2 / 2;
  const half = Z95 * Math.sqrt(share * (1 - share) * count + Z95 ** 2 / 4);
  const total = count + Z95 ** 2;
  return [Math.max(0, (centre - half) / total), Math.min(1, (centre + half) / total)];
}
