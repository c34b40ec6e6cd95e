/** StudentT(df, location, scale): density Γ((ν+1)/2) / (Γ(ν/2) √(νπ) s) · (1 + z²/ν)^(−(ν+1)/2), z = (x−l)/s. */
import { asNumber, type Family } from './distribution.ts';
import { drawLogGamma } from './sampling.ts';
import { digamma, logGamma } from './specialFunctions.ts';

export const StudentT: Family<{ readonly df: number; readonly location: number; readonly scale: number }> = {
  name: 'StudentT',
  parameterNames: ['df', 'location', 'scale'],
  isContinuous: true,
  prepare: ({ positive, real, raw }) => ({
    df: positive('df'),
    location: real('location', 0),
    scale: raw('scale') === undefined ? 1 : positive('scale'),
  }),
  sample: ({ df, location, scale }, draws) => {
    const z = draws.gaussian();
    return location + scale * z * Math.exp(0.5 * (Math.log(df / 2) - drawLogGamma(draws, df / 2)));
  },
  logProb: ({ df, location, scale }, value) => {
    const z = (asNumber(value) - location) / scale;
    return (
      logGamma((df + 1) / 2) -
      logGamma(df / 2) -
      0.5 * Math.log(df * Math.PI) -
      Math.log(scale) -
      ((df + 1) / 2) * Math.log1p((z * z) / df)
    );
  },
  bounds: () => [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  gradient: ({ df, location, scale }, x) => {
    const z = (x - location) / scale;
    const slope = ((df + 1) * z) / (df + z * z) / scale;
    const fromDf =
      0.5 *
      (digamma((df + 1) / 2) -
        digamma(df / 2) -
        1 / df -
        Math.log1p((z * z) / df) +
        ((df + 1) * z * z) / (df * (df + z * z)));
    return { value: -slope, parameters: [fromDf, slope, slope * z - 1 / scale] };
  },
  logMax: ({ df, scale }) => logGamma((df + 1) / 2) - logGamma(df / 2) - 0.5 * Math.log(df * Math.PI) - Math.log(scale),
  spread: ({ df, scale }) => (df > 2 ? scale * Math.sqrt(df / (df - 2)) : 2 * scale),
};
