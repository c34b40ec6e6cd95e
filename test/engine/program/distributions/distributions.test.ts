import { describe, expect, test } from 'vitest';
import {
  createDistribution,
  type Family,
  logProbOf,
  partsOf,
  sampleFrom,
  supportOf,
} from '../../../../engine/program/distributions/distribution.ts';
import { FAMILIES } from '../../../../engine/program/distributions/index.ts';
import { createDraws } from '../../../../engine/program/draws.ts';
import { createRandom } from '../../../../engine/random.ts';

const familyOf = (name: string): Family => {
  const family = FAMILIES.find((candidate) => candidate.name === name);
  if (!family) throw new Error(`no ${name}`);
  return family;
};
const make = (name: string, given: Record<string, unknown>) => createDistribution(familyOf(name), given);
const draws = createDraws();
draws.reseed(createRandom(20));

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
const choose = (n: number, k: number): number => factorial(n) / factorial(k) / factorial(n - k);
const phi = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** Probability or density by a formula of its own: factorials for whole-number gamma functions, no shared code. */
const CLOSED_FORMS: [name: string, given: Record<string, unknown>, value: unknown, density: number][] = [
  ['Bernoulli', { p: 0.3 }, true, 0.3],
  ['Bernoulli', { p: 0.3 }, false, 0.7],
  ['Beta', { a: 3, b: 5 }, 0.4, (factorial(7) / factorial(2) / factorial(4)) * 0.4 ** 2 * 0.6 ** 4],
  ['Binomial', { p: 0.4, n: 9 }, 3, choose(9, 3) * 0.4 ** 3 * 0.6 ** 6],
  ['Binomial', { p: 1, n: 9 }, 9, 1],
  ['Categorical', { ps: [1, 2, 5], vs: ['a', 'b', 'a'] }, 'a', 6 / 8],
  ['Categorical', { vs: [{ x: 1 }, { x: 2 }] }, { x: 2 }, 0.5],
  ['Cauchy', { location: 1, scale: 2 }, 5, 1 / (Math.PI * 2 * (1 + 4))],
  ['Delta', { v: [1, 2] }, [1, 2], 1],
  ['DiagCovGaussian', { mu: [0, 1], sigma: [1, 2] }, [0.5, 3], phi(0.5) * (phi(1) / 2)],
  [
    'Dirichlet',
    { alpha: [2, 3, 1] },
    [0.2, 0.5, 0.3],
    (factorial(5) / (factorial(1) * factorial(2) * factorial(0))) * 0.2 * 0.5 ** 2,
  ],
  ['Discrete', { ps: [1, 3] }, 1, 0.75],
  ['Exponential', { a: 2 }, 0.7, 2 * Math.exp(-1.4)],
  ['Gamma', { shape: 4, scale: 0.5 }, 1.5, (1.5 ** 3 * Math.exp(-3)) / (factorial(3) * 0.5 ** 4)],
  ['Gaussian', { mu: 1, sigma: 3 }, 4, phi(1) / 3],
  ['KDE', { data: [0, 2], width: 1 }, 1, phi(1)],
  ['Laplace', { location: 1, scale: 2 }, -3, Math.exp(-2) / 4],
  ['LogNormal', { mu: 0.5, sigma: 0.8 }, 2, phi((Math.log(2) - 0.5) / 0.8) / (2 * 0.8)],
  ['LogitNormal', { mu: 0, sigma: 1, a: 0, b: 1 }, 0.3, phi(Math.log(0.3 / 0.7)) / (0.3 * 0.7)],
  ['LogitNormal', { mu: 0, sigma: 1, a: 10, b: 20 }, 13, phi(Math.log(0.3 / 0.7)) / (0.3 * 0.7) / 10],
  ['Marginal', { dist: { a: { val: 'a', prob: 0.25 }, b: { val: 'b', prob: 0.75 } } }, 'b', 0.75],
  [
    'Mixture',
    { dists: [make('Gaussian', { mu: 0, sigma: 1 }), make('Gaussian', { mu: 3, sigma: 2 })], ps: [1, 3] },
    1,
    0.25 * phi(1) + (0.75 * phi(1)) / 2,
  ],
  [
    'Multinomial',
    { ps: [0.2, 0.3, 0.5], n: 5 },
    [1, 2, 2],
    (factorial(5) / (factorial(2) * factorial(2))) * 0.2 * 0.3 ** 2 * 0.5 ** 2,
  ],
  ['MultivariateBernoulli', { ps: [0.2, 0.7] }, [1, 0], 0.2 * 0.3],
  [
    'MultivariateGaussian',
    {
      mu: [0, 0],
      cov: [
        [2, 0.6],
        [0.6, 1],
      ],
    },
    [1, -1],
    Math.exp(-0.5 * ((1 + 2 + 1.2) / (2 - 0.36))) / (2 * Math.PI * Math.sqrt(2 - 0.36)),
  ],
  ['Poisson', { mu: 3 }, 4, (3 ** 4 * Math.exp(-3)) / factorial(4)],
  ['RandomInteger', { n: 6 }, 5, 1 / 6],
  ['StudentT', { df: 1, location: 1, scale: 2 }, 5, 1 / (Math.PI * 2 * (1 + 4))],
  ['StudentT', { df: 2, location: 0, scale: 1 }, 1, (2 + 1) ** -1.5],
  ['Uniform', { a: 2, b: 6 }, 3, 0.25],
];

test.each(CLOSED_FORMS)('%s %j at %j has its closed-form density', (name, given, value, density) => {
  expect(Math.exp(logProbOf(make(name, given), value))).toBeCloseTo(density, 12);
});

test('every family has a closed-form case', () => {
  expect(new Set(CLOSED_FORMS.map(([name]) => name))).toEqual(new Set(FAMILIES.map(({ name }) => name)));
});

test.each([
  ['Bernoulli', { p: 0.3 }, 1],
  ['Beta', { a: 3, b: 5 }, 1.2],
  ['Uniform', { a: 2, b: 6 }, 7],
  ['Binomial', { p: 0.4, n: 9 }, 10],
  ['Poisson', { mu: 3 }, 1.5],
  ['Gamma', { shape: 1, scale: 1 }, -1],
  ['Dirichlet', { alpha: [1, 1] }, [0.5, 0.6]],
  ['Multinomial', { ps: [1, 1], n: 3 }, [1, 1]],
  ['Categorical', { vs: ['a'] }, 'b'],
])('%s %j gives %j no probability', (name, given, value) => {
  expect(logProbOf(make(name, given), value)).toBe(Number.NEGATIVE_INFINITY);
});

/** Scalar continuous cases, some in corners, with the interval that holds practically all of their mass. */
const SCALAR: [name: string, given: Record<string, unknown>, low: number, high: number][] = [
  ['Beta', { a: 2, b: 3 }, 0, 1],
  ['Beta', { a: 30, b: 0.9 }, 0.3, 1],
  ['Exponential', { a: 0.5 }, 0, 60],
  ['Gamma', { shape: 2.5, scale: 2 }, 0, 80],
  ['Gaussian', { mu: -2, sigma: 3 }, -30, 30],
  ['KDE', { data: [0, 1, 5], width: 0.7 }, -8, 14],
  ['Laplace', { location: 3, scale: 1.5 }, -40, 45],
  ['LogNormal', { mu: 0.3, sigma: 0.5 }, 0, 30],
  ['LogitNormal', { mu: 0.5, sigma: 1, a: -1, b: 3 }, -1, 3],
  ['StudentT', { df: 7, location: 2, scale: 1.5 }, -60, 64],
  ['Uniform', { a: -1, b: 4 }, -1, 4],
];
const GRID = 20_000;

/** The distribution function on a grid of `GRID` midpoints, by summing the density. */
function cumulative(name: string, given: Record<string, unknown>, low: number, high: number): Float64Array {
  const distribution = make(name, given);
  const width = (high - low) / GRID;
  let total = 0;
  return Float64Array.from(
    { length: GRID },
    (_, i) => (total += Math.exp(logProbOf(distribution, low + (i + 0.5) * width)) * width),
  );
}

describe.each(SCALAR)('%s %j', (name, given, low, high) => {
  const distribution = make(name, given);
  const table = cumulative(name, given, low, high);
  test('has a density that integrates to 1', () => expect(table[GRID - 1]).toBeCloseTo(1, 2));
  test('draws what its density says (Kolmogorov–Smirnov at 0.001)', () => {
    const n = 20_000;
    const xs = Float64Array.from({ length: n }, () => Number(sampleFrom(distribution, draws))).sort();
    let distance = 0;
    xs.forEach((x, i) => {
      const at = Math.min(GRID - 1, Math.max(0, Math.floor(((x - low) / (high - low)) * GRID)));
      distance = Math.max(distance, Math.abs(table[at] / table[GRID - 1] - (i + 0.5) / n));
    });
    // 1.95/√n is the 0.001 point; the grid adds at most a cell's mass.
    expect(distance).toBeLessThan(1.95 / Math.sqrt(n) + 0.004);
  });
  test('has the gradient of its log density', () => {
    const { family, parameters } = partsOf(distribution);
    const x = Number(sampleFrom(distribution, draws));
    const step = 1e-6;
    const slope = (logProbOf(distribution, x + step) - logProbOf(distribution, x - step)) / (2 * step);
    const gradient = family.gradient?.(parameters, x);
    expect(gradient?.value).toBeCloseTo(slope, 3);
    family.parameterNames.forEach((parameter, i) => {
      const value = given[parameter];
      if (typeof value !== 'number') return;
      const at = (shift: number): number => logProbOf(make(name, { ...given, [parameter]: value + shift }), x);
      expect(gradient?.parameters[i], parameter).toBeCloseTo((at(step) - at(-step)) / (2 * step), 3);
    });
  });
});

/** Discrete cases: their support, or its part that holds practically all mass. */
const DISCRETE: [name: string, given: Record<string, unknown>, values: unknown[]][] = [
  ['Bernoulli', { p: 0.35 }, [true, false]],
  ['Binomial', { p: 0.3, n: 12 }, Array.from({ length: 13 }, (_, k) => k)],
  ['Binomial', { p: 0.97, n: 300 }, Array.from({ length: 301 }, (_, k) => k)],
  ['Categorical', { ps: [1, 0, 3], vs: ['a', 'b', 'c'] }, ['a', 'c']],
  ['Discrete', { ps: [0.2, 0.5, 0.3] }, [0, 1, 2]],
  [
    'Multinomial',
    { ps: [0.5, 0.3, 0.2], n: 2 },
    [
      [2, 0, 0],
      [0, 2, 0],
      [0, 0, 2],
      [1, 1, 0],
      [1, 0, 1],
      [0, 1, 1],
    ],
  ],
  [
    'MultivariateBernoulli',
    { ps: [0.2, 0.7] },
    [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ],
  ],
  ['Poisson', { mu: 2.5 }, Array.from({ length: 40 }, (_, k) => k)],
  ['Poisson', { mu: 90 }, Array.from({ length: 250 }, (_, k) => k)],
  ['RandomInteger', { n: 7 }, [0, 1, 2, 3, 4, 5, 6]],
];

describe.each(DISCRETE)('%s %j', (name, given, values) => {
  const distribution = make(name, given);
  const probs = values.map((value) => Math.exp(logProbOf(distribution, value)));
  test('has probabilities that sum to 1', () => expect(probs.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9));
  test('draws what its probabilities say (χ² at 0.001)', () => {
    const n = 20_000;
    const counts = new Map(values.map((value) => [JSON.stringify(value), 0]));
    for (let i = 0; i < n; i++) {
      const key = JSON.stringify(sampleFrom(distribution, draws));
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const cells = values
      .map((value, i) => ({ seen: counts.get(JSON.stringify(value)) ?? 0, expected: n * probs[i] }))
      .filter(({ expected }) => expected >= 5);
    const statistic = cells.reduce((sum, { seen, expected }) => sum + (seen - expected) ** 2 / expected, 0);
    const df = Math.max(1, cells.length - 1);
    // Wilson–Hilferty: the 0.001 point of χ² with df degrees of freedom.
    expect(statistic).toBeLessThan(df * (1 - 2 / (9 * df) + 3.09 * Math.sqrt(2 / (9 * df))) ** 3 + 1);
  });
  test('lists its support', () => {
    const support = supportOf(distribution);
    if (support)
      expect(new Set(support.map((value) => JSON.stringify(value)))).toEqual(
        new Set(values.map((value) => JSON.stringify(value))),
      );
  });
});

test('a draw of the joint families has the right mean and covariance', () => {
  const n = 40_000;
  const gaussian = make('MultivariateGaussian', {
    mu: [1, 2],
    cov: [
      [2, 0.6],
      [0.6, 1],
    ],
  });
  const pairs = Array.from({ length: n }, () => sampleFrom(gaussian, draws) as number[]);
  const covariance = pairs.reduce((sum, [x, y]) => sum + (x - 1) * (y - 2), 0) / n;
  expect(covariance).toBeCloseTo(0.6, 1);
  const dirichlet = make('Dirichlet', { alpha: [2, 3, 5] });
  const thirds = Array.from({ length: n }, () => (sampleFrom(dirichlet, draws) as number[])[2]);
  expect(thirds.reduce((a, b) => a + b, 0) / n).toBeCloseTo(0.5, 2);
});

test.each([
  ['Gaussian', { mu: 0, sigma: -1 }, 'Gaussian: sigma must be above 0, received -1'],
  ['Gaussian', { mu: 'a', sigma: 1 }, 'Gaussian: mu must be a finite number, received "a"'],
  ['Bernoulli', { p: 1.5 }, 'Bernoulli: p must be a probability between 0 and 1, received 1.5'],
  ['Categorical', { ps: [1, -1], vs: [1, 2] }, /weights of at least 0/],
  ['Categorical', { ps: [], vs: [] }, /vs must be an array/],
  ['Uniform', { a: 2, b: 1 }, /a must be below b/],
  [
    'MultivariateGaussian',
    {
      mu: [0, 0],
      cov: [
        [1, 2],
        [2, 1],
      ],
    },
    /positive definite/,
  ],
])('%s %j is refused', (name, given, message) => {
  expect(() => make(name, given)).toThrow(message);
});
