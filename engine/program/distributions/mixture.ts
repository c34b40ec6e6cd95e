/** Mixture({dists, ps}): a draw of dists[i] with probability ps[i]. */
import { logSumExp } from '../../logSpace.ts';
import { ProgramFault } from '../fault.ts';
import { type Distribution, type Family, isDistribution, logProbOf, sampleFrom } from './distribution.ts';
import { drawIndex } from './sampling.ts';

export const Mixture: Family<{
  readonly dists: readonly Distribution[];
  readonly ps: Float64Array;
  readonly total: number;
}> = {
  name: 'Mixture',
  parameterNames: ['dists', 'ps'],
  isContinuous: true,
  prepare: ({ raw, weights }) => {
    const dists = raw('dists');
    if (!Array.isArray(dists) || !dists.every(isDistribution))
      throw new ProgramFault('Mixture: dists must be an array of distributions');
    const ps = weights('ps');
    if (ps.length !== dists.length)
      throw new ProgramFault(`Mixture: ps has ${ps.length} elements and dists ${dists.length}; they must be as many`);
    return { dists, ps, total: ps.reduce((sum, p) => sum + p, 0) };
  },
  sample: ({ dists, ps, total }, draws) => sampleFrom(dists[drawIndex(draws, ps, total)], draws),
  logProb: ({ dists, ps, total }, value) =>
    logSumExp(
      dists.map((dist, i) =>
        ps[i] === 0 ? Number.NEGATIVE_INFINITY : Math.log(ps[i] / total) + logProbOf(dist, value),
      ),
    ),
};
