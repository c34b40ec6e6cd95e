/**
 * Kullback–Leibler divergence KL(p ‖ q) = Σ p log(p/q), in nats: what it costs to answer q where p is true.
 * Zero mass in q where p has some would cost infinity for one unlucky bin (a prior known from 1000 draws has many), so q is first
 * mixed with `UNIFORM_SHARE` of the uniform distribution. Every source is mixed alike; with full support the cost is at most 0.001 nats.
 */
import { InternalError } from '../../shared/errors.ts';

/** The share of the uniform distribution in every answer before its divergence is taken. */
export const UNIFORM_SHARE = 1e-3;

function totalOf(bins: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < bins.length; i++) total += bins[i];
  return total;
}

/** KL in nats, at least 0, of two histograms over the same bins; each is normalised first. NaN where one has no mass. */
export function klDivergence(p: ArrayLike<number>, q: ArrayLike<number>, uniformShare = UNIFORM_SHARE): number {
  if (p.length !== q.length) throw new InternalError(`divergence of ${p.length} and ${q.length} bins`);
  const totalP = totalOf(p);
  const totalQ = totalOf(q);
  if (!(totalP > 0 && totalQ > 0)) return Number.NaN;
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    if (p[i] === 0) continue;
    const share = p[i] / totalP;
    const answer = ((1 - uniformShare) * q[i]) / totalQ + uniformShare / q.length;
    sum += share * Math.log(share / answer);
  }
  return Math.max(0, sum);
}
