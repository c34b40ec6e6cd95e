/** Cauchy(location, scale): density 1 / (π s (1 + ((x−l)/s)²)). */
import { asNumber, type Family } from './distribution.ts';

export const Cauchy: Family<{ readonly location: number; readonly scale: number }> = {
  name: 'Cauchy',
  parameterNames: ['location', 'scale'],
  isContinuous: true,
  prepare: ({ real, positive }) => ({ location: real('location'), scale: positive('scale') }),
  sample: ({ location, scale }, draws) => location + scale * Math.tan(Math.PI * (draws.uniform() - 0.5)),
  logProb: ({ location, scale }, value) => {
    const z = (asNumber(value) - location) / scale;
    return -Math.log(Math.PI * scale) - Math.log1p(z * z);
  },
  bounds: () => [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  gradient: ({ location, scale }, x) => {
    const z = (x - location) / scale;
    const slope = (2 * z) / (1 + z * z) / scale;
    return { value: -slope, parameters: [slope, -1 / scale + slope * z] };
  },
  logMax: ({ scale }) => -Math.log(Math.PI * scale),
  spread: ({ scale }) => scale,
};
