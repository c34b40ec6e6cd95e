/** Programs over real values, each with its posterior in closed form. */
import { type ClosedForm, HARD, Phi, PRIOR, phi, ratio, SOFT, WEIGHTED } from './closedForm.ts';

export const CONTINUOUS_PROGRAMS: ClosedForm[] = [
  {
    name: 'a uniform above its middle',
    body: 'var x = uniform(0, 100); condition(x > 50); return x;',
    mean: 75,
    methods: HARD,
  },
  {
    name: 'the larger of two uniforms',
    body: 'var x = uniform(0, 100); var y = uniform(0, 100); condition(x > y); return x;',
    mean: 200 / 3,
    methods: HARD,
  },
  {
    name: 'a triangle',
    body: 'var x = uniform(0, 100); factor(Math.log(x / 100)); return x;',
    mean: 200 / 3,
    methods: SOFT,
  },
  {
    name: 'beta with two successes',
    body: 'var p = beta(1, 1); condition(flip(p)); condition(flip(p)); return 100 * p;',
    mean: 75,
    methods: HARD,
  },
  {
    name: 'beta by observe',
    body: 'var p = uniform(0, 1); map(function (x) { observe(Bernoulli({p: p}), x); }, [true, true, false]); return 100 * p;',
    mean: 60,
    methods: SOFT,
  },
  {
    name: 'beta with a binomial count',
    body: 'var p = beta({a: 2, b: 2}); observe(Binomial({p: p, n: 10}), 7); return 100 * p;',
    mean: (100 * 9) / 14,
    methods: SOFT,
  },
  {
    name: 'a normal mean with one observation',
    body: 'var m = gaussian(50, 10); observe(Gaussian({mu: m, sigma: 10}), 70); return m;',
    mean: 60,
    methods: WEIGHTED,
  },
  {
    name: 'a normal mean with three observations',
    body: 'var m = gaussian(40, 10); map(function (x) { observe(Gaussian({mu: m, sigma: 5}), x); }, [48, 52, 56]); return m;',
    mean: (40 / 100 + 156 / 25) / (1 / 100 + 3 / 25),
    methods: WEIGHTED,
  },
  {
    name: 'two normals with a known sum',
    body: 'var a = gaussian(40, 6); var b = gaussian(30, 8); observe(Gaussian({mu: a + b, sigma: 1}), 80); return a;',
    mean: 40 + (36 / 101) * 10,
    methods: WEIGHTED,
  },
  {
    name: 'the stronger of two',
    body: 'var a = gaussian(50, 10); var b = gaussian(50, 10); condition(a > b); return a;',
    mean: 50 + 10 / Math.sqrt(Math.PI),
    methods: HARD,
  },
  {
    name: 'a truncated normal',
    body: 'var x = gaussian(50, 10); condition(x > 55); return x;',
    mean: 50 + (10 * phi(0.5)) / (1 - Phi(0.5)),
    methods: HARD,
  },
  {
    name: 'a logistic factor of a difference',
    body: 'var d = gaussian(0, 10); factor(-Math.log(1 + Math.exp(-d / 5))); return d > 0 ? 100 : 0;',
    mean:
      100 *
      (() => {
        let [above, all] = [0, 0];
        for (let i = -6000; i < 6000; i++) {
          const d = (i + 0.5) / 100;
          const w = phi(d / 10) / (1 + Math.exp(-d / 5));
          all += w;
          if (d > 0) above += w;
        }
        return above / all;
      })(),
    methods: SOFT,
  },
  {
    name: 'a gamma rate with a Poisson count',
    body: 'var r = gamma({shape: 3, scale: 2}); observe(Poisson({mu: r}), 10); return 5 * r;',
    mean: 5 * 13 * (1 / (1 / 2 + 1)),
    methods: SOFT,
  },
  {
    name: 'an exponential rate',
    body: 'var a = gamma({shape: 2, scale: 1}); map(function (x) { observe(Exponential({a: a}), x); }, [0.5, 1.5]); return 20 * a;',
    mean: 20 * (4 / 3),
    methods: WEIGHTED,
  },
  {
    name: 'an exponential without memory',
    body: 'var x = exponential(0.1); condition(x > 10); return x;',
    mean: ratioOfExponential(),
    methods: HARD,
  },
  {
    name: 'dirichlet and counts',
    body: 'var ps = dirichlet([1, 1, 1]); observe(Multinomial({ps: ps, n: 5}), [3, 1, 1]); return 100 * ps[0];',
    mean: 50,
    methods: HARD,
  },
  {
    name: 'a multivariate normal given one part',
    body: 'var x = multivariateGaussian([50, 50], [[100, 60], [60, 100]]); observe(Gaussian({mu: x[1], sigma: 0.5}), 60); return x[0];',
    mean: 50 + (60 / 100.25) * 10,
    methods: ['importance', 'smc'],
  },
  {
    name: 'a mixture of two groups',
    body: 'var high = flip(0.5); var x = gaussian(high ? 60 : 40, 10); condition(x > 50); return high ? 100 : 0;',
    mean: 100 * Phi(1),
    methods: HARD,
  },
  {
    name: 'a mixture by memoised groups',
    body: "var group = mem(function (p) { return flip(0.3); }); var x = mem(function (p) { return gaussian(group(p) ? 70 : 40, 5); }); condition(x('a') > x('b')); return group('a') ? 100 : 0;",
    mean: ratio([
      [0, 0.49 * 0.5],
      [0, 0.21 * Phi(-30 / Math.sqrt(50))],
      [100, 0.21 * Phi(30 / Math.sqrt(50))],
      [100, 0.09 * 0.5],
    ]),
    methods: HARD,
  },
  {
    name: 'soft evidence on memoised groups',
    body: "var group = mem(function (p) { return flip(0.3); }); var x = mem(function (p) { return gaussian(group(p) ? 70 : 40, 5); }); observe(Gaussian({mu: x('a'), sigma: 5}), 60); return group('a') ? 100 : 0;",
    mean: ratio([
      [100, 0.3 * phi(10 / Math.sqrt(50))],
      [0, 0.7 * phi(20 / Math.sqrt(50))],
    ]),
    methods: WEIGHTED,
  },
  {
    name: 'a scale with observed values',
    body: 'var s = uniform(1, 20); map(function (x) { observe(Gaussian({mu: 0, sigma: s}), x); }, [3, -4, 5]); return 5 * s;',
    mean: (() => {
      let [sum, all] = [0, 0];
      for (let i = 0; i < 19_000; i++) {
        const s = 1 + (i + 0.5) / 1000;
        const w = s ** -3 * Math.exp(-25 / (s * s));
        sum += 5 * s * w;
        all += w;
      }
      return sum / all;
    })(),
    methods: WEIGHTED,
  },
  {
    name: 'a half-line and products',
    body: 'var a = exponential(0.1); var b = gamma({shape: 2, scale: 3}); observe(Gaussian({mu: a * b / 10, sigma: 1}), 5); return b * 4;',
    mean: (() => {
      let [sum, all] = [0, 0];
      for (let i = 0; i < 2000; i++)
        for (let j = 0; j < 2000; j++) {
          const [a, b] = [(i + 0.5) / 20, (j + 0.5) / 50];
          const w = Math.exp(-a / 10) * b * Math.exp(-b / 3) * phi((a * b) / 10 - 5);
          sum += Math.min(100, 4 * b) * w;
          all += w;
        }
      return sum / all;
    })(),
    methods: WEIGHTED,
  },
  {
    name: 'three in a race',
    body: 'var a = gaussian(50, 10); var b = gaussian(50, 10); var c = gaussian(50, 10); condition(a > b && a > c); return b > c ? 100 : 0;',
    mean: 50,
    methods: HARD,
  },
  {
    name: 'a rank among three',
    body: 'var a = gaussian(50, 10); return 50 * sum(repeat(2, function () { return a > gaussian(50, 10) ? 1 : 0; }));',
    mean: 50,
    methods: PRIOR,
  },
  { name: 'laplace noise', body: 'var x = laplace(50, 10); condition(x > 50); return x;', mean: 60, methods: HARD },
  { name: 'a log-normal median', body: 'return logNormal(3, 0.5) > Math.exp(3) ? 100 : 0;', mean: 50, methods: PRIOR },
  { name: 'a logit-normal', body: 'return logitNormal({mu: 0, sigma: 1, a: 0, b: 100});', mean: 50, methods: PRIOR },
  { name: 'a Cauchy quartile', body: 'return cauchy(0, 1) > 1 ? 100 : 0;', mean: 25, methods: PRIOR },
  { name: 'a student t quartile', body: 'return studentT(1) > 1 ? 100 : 0;', mean: 25, methods: PRIOR },
  { name: 'a kernel density', body: 'return sample(KDE({data: [20, 60], width: 2}));', mean: 40, methods: PRIOR },
  {
    name: 'a mixture distribution',
    body: 'return sample(Mixture({dists: [Gaussian({mu: 20, sigma: 2}), Uniform({a: 50, b: 70})], ps: [0.25, 0.75]}));',
    mean: 50,
    methods: PRIOR,
  },
  {
    name: 'a geometric number of tries',
    body: 'var tries = function () { return flip(0.25) ? 1 : 1 + tries(); }; var n = tries(); condition(n > 2); return 5 * n;',
    mean: 30,
    methods: HARD,
  },
  {
    name: 'a Poisson count above 1',
    body: 'var k = poisson(2); condition(k > 1); return 10 * k;',
    mean: (10 * (2 - 2 * Math.exp(-2))) / (1 - 3 * Math.exp(-2)),
    methods: HARD,
  },
  { name: 'a prior with no evidence', body: 'return uniform(20, 40);', mean: 30, methods: PRIOR },
  {
    name: 'clamped at both ends',
    body: 'return Math.min(100, Math.max(0, gaussian(50, 1000)));',
    mean: 50,
    methods: ['rejection'],
  },
  {
    name: 'a sum of many',
    body: 'return sum(repeat(20, function () { return uniform(0, 5); }));',
    mean: 50,
    methods: PRIOR,
  },
  {
    name: 'conditions in turn',
    body: 'var x = uniform(0, 100); condition(x > 20); condition(x > 40); condition(x > 60); return x;',
    mean: 80,
    methods: HARD,
  },
  {
    name: 'rare evidence in soft steps',
    body: 'var x = uniform(0, 100); map(function (i) { factor(x > 10 * i ? 0 : -2); }, [1, 2, 3, 4, 5, 6, 7, 8, 9]); return x;',
    mean: ratio(Array.from({ length: 10 }, (_, i) => [10 * i + 5, Math.exp(-2 * (9 - i))])),
    methods: SOFT,
  },
];

/** Mean of an exponential of mean 10 beyond 10, clamped at 100: 10 + 10 (1 − e⁻⁹). */
function ratioOfExponential(): number {
  return 10 + 10 * (1 - Math.exp(-9));
}
