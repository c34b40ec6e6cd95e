/** KDE({data, width}): the mean of normals of standard deviation `width` around the data. */
import { logSumExp } from '../../logSpace.ts';
import { ProgramFault } from '../fault.ts';
import { asNumber, type Family } from './distribution.ts';
import { LOG_ROOT_TWO_PI } from './specialFunctions.ts';

export const KDE: Family<{ readonly data: Float64Array; readonly width: number }> = {
  name: 'KDE',
  parameterNames: ['data', 'width'],
  isContinuous: true,
  prepare: ({ reals, positive }) => {
    const data = reals('data');
    if (data.length === 0) throw new ProgramFault('KDE: data must hold at least one number');
    return { data, width: positive('width') };
  },
  sample: ({ data, width }, draws) => data[draws.integer(data.length)] + width * draws.gaussian(),
  logProb: ({ data, width }, value) => {
    const x = asNumber(value);
    if (Number.isNaN(x)) return Number.NEGATIVE_INFINITY;
    const terms = data.map((d) => -0.5 * ((x - d) / width) ** 2);
    return logSumExp(terms) - Math.log(data.length * width) - LOG_ROOT_TWO_PI;
  },
  bounds: () => [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  gradient: ({ data, width }, x) => {
    const terms = Array.from(data, (d) => -0.5 * ((x - d) / width) ** 2);
    const total = logSumExp(terms);
    const value = terms.reduce((sum, term, i) => sum - (Math.exp(term - total) * (x - data[i])) / width ** 2, 0);
    const spread = terms.reduce(
      (sum, term, i) => sum + (Math.exp(term - total) * (x - data[i]) ** 2) / width ** 3,
      -1 / width,
    );
    return { value, parameters: [0, spread] };
  },
  spread: ({ data, width }) => {
    const mean = data.reduce((sum, d) => sum + d, 0) / data.length;
    return Math.sqrt(width ** 2 + data.reduce((sum, d) => sum + (d - mean) ** 2, 0) / data.length);
  },
};
