/** Laplace(location, scale): density e^(−|x−l|/s) / 2s. */
import { asNumber, type Family } from './distribution.ts';
import { drawExponential } from './sampling.ts';

export const Laplace: Family<{ readonly location: number; readonly scale: number }> = {
  name: 'Laplace',
  parameterNames: ['location', 'scale'],
  isContinuous: true,
  prepare: ({ real, positive }) => ({ location: real('location'), scale: positive('scale') }),
  sample: ({ location, scale }, draws) => location + (draws.bits() < 0 ? -scale : scale) * drawExponential(draws),
  logProb: ({ location, scale }, value) => -Math.abs(asNumber(value) - location) / scale - Math.log(2 * scale),
  bounds: () => [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  gradient: ({ location, scale }, x) => {
    const slope = Math.sign(x - location) / scale;
    return { value: -slope, parameters: [slope, Math.abs(x - location) / scale ** 2 - 1 / scale] };
  },
  logMax: ({ scale }) => -Math.log(2 * scale),
  spread: ({ scale }) => Math.SQRT2 * scale,
};
