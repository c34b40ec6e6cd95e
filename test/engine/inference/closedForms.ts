/**
 * Programs whose posterior mean is known in closed form, for the table algorithm × program × tolerance. All answers are on 0–100.
 * One table of 66 rows; parting it would only hide what it leaves out.
 */

export type ClosedForm = {
  readonly name: string;
  readonly body: string;
  readonly mean: number;
  readonly methods: readonly ('enumerate' | 'rejection' | 'importance' | 'mh' | 'smc' | 'hmc')[];
};

const HARD = ['rejection', 'importance', 'mh', 'smc'] as const;
const FINITE = ['enumerate', ...HARD] as const;
/** Soft evidence on real values. */
const SOFT = [...HARD, 'hmc'] as const;
/** observe of a density, or a factor that may be above 0: no rejection. */
const WEIGHTED = ['importance', 'mh', 'smc', 'hmc'] as const;
const PRIOR = ['rejection', 'mh'] as const;

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
const choose = (n: number, k: number): number => factorial(n) / factorial(k) / factorial(n - k);
/** Σ over outcomes of value × weight ÷ Σ weight. */
const ratio = (outcomes: readonly (readonly [value: number, weight: number])[]): number =>
  outcomes.reduce((sum, [value, weight]) => sum + value * weight, 0) /
  outcomes.reduce((sum, [, weight]) => sum + weight, 0);
const bits = (n: number): number[][] =>
  Array.from({ length: 2 ** n }, (_, code) => Array.from({ length: n }, (_, i) => (code >> i) & 1));
const weightOf = (outcome: readonly number[], ps: readonly number[]): number =>
  outcome.reduce((product, bit, i) => product * (bit ? ps[i] : 1 - ps[i]), 1);
/** Standard normal distribution function by its series: good to 1e-12 for |z| ≤ 5. */
const Phi = (z: number): number => {
  let term = z;
  let sum = z;
  for (let k = 1; k < 200; k++) sum += term *= (z * z) / (2 * k + 1);
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
};
const phi = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

const FINITE_PROGRAMS: ClosedForm[] = [
  { name: 'a coin', body: 'return flip(0.3) ? 100 : 0;', mean: 30, methods: ['enumerate', 'rejection'] },
  {
    name: 'a coin seen through noise',
    body: 'var a = flip(0.3); condition(flip(a ? 0.9 : 0.2)); return a ? 100 : 0;',
    mean: ratio([
      [100, 0.27],
      [0, 0.14],
    ]),
    methods: FINITE,
  },
  {
    name: 'two coins, at least one head',
    body: 'var a = flip(0.5); var b = flip(0.5); condition(a || b); return a && b ? 100 : 0;',
    mean: 100 / 3,
    methods: FINITE,
  },
  {
    name: 'three coins, two heads',
    body: 'var xs = repeat(3, function () { return flip(0.4) ? 1 : 0; }); condition(sum(xs) === 2); return 100 * xs[0];',
    mean: 200 / 3,
    methods: FINITE,
  },
  {
    name: 'explaining away',
    body: 'var rain = flip(0.2); var sprinkler = flip(0.4); condition(rain || sprinkler); condition(sprinkler); return rain ? 100 : 0;',
    mean: 20,
    methods: FINITE,
  },
  {
    name: 'wet grass',
    body: 'var rain = flip(0.3); var sprinkler = flip(0.5); var wet = rain && flip(0.9) || sprinkler && flip(0.8) || flip(0.1); condition(wet); return rain ? 100 : 0;',
    mean: ratio(
      [0, 1].flatMap((r) =>
        [0, 1].map((s) => [100 * r, (r ? 0.3 : 0.7) * 0.5 * (1 - (r ? 0.1 : 1) * (s ? 0.2 : 1) * 0.9)] as const),
      ),
    ),
    methods: FINITE,
  },
  {
    name: 'a die above two',
    body: 'var d = 1 + randomInteger(6); condition(d > 2); return 10 * d;',
    mean: 45,
    methods: FINITE,
  },
  {
    name: 'two dice with sum seven',
    body: 'var a = 1 + randomInteger(6); var b = 1 + randomInteger(6); condition(a + b === 7); return 10 * a;',
    mean: 35,
    methods: FINITE,
  },
  {
    name: 'the larger of two dice',
    body: 'var a = 1 + randomInteger(6); var b = 1 + randomInteger(6); return 10 * Math.max(a, b);',
    mean: ratio(Array.from({ length: 6 }, (_, i) => [10 * (i + 1), 2 * i + 1])),
    methods: ['enumerate', 'rejection'],
  },
  {
    name: 'soft evidence on a coin',
    body: 'var a = flip(0.5); factor(a ? 0 : -1); return a ? 100 : 0;',
    mean: 100 / (1 + Math.exp(-1)),
    methods: FINITE,
  },
  {
    name: 'soft evidence above 0',
    body: 'var a = flip(0.25); factor(a ? 2 : 0); return a ? 100 : 0;',
    mean: ratio([
      [100, 0.25 * Math.exp(2)],
      [0, 0.75],
    ]),
    methods: ['enumerate', 'importance', 'mh', 'smc'],
  },
  {
    name: 'a categorical with weights',
    body: "var c = categorical({ps: [1, 2, 5], vs: ['a', 'b', 'c']}); condition(c !== 'c'); return c === 'a' ? 100 : 0;",
    mean: 100 / 3,
    methods: FINITE,
  },
  {
    name: 'observed flips of one of two coins',
    body: 'var p = uniformDraw([0.2, 0.8]); map(function (x) { observe(Bernoulli({p: p}), x); }, [true, true, false]); return 100 * p;',
    mean: ratio([
      [20, 0.2 ** 2 * 0.8],
      [80, 0.8 ** 2 * 0.2],
    ]),
    methods: FINITE,
  },
  {
    name: 'binomial with observed count',
    body: 'var n = uniformDraw([4, 8]); observe(Binomial({p: 0.5, n: n}), 3); return 10 * n;',
    mean: ratio([
      [40, choose(4, 3) / 2 ** 4],
      [80, choose(8, 3) / 2 ** 8],
    ]),
    methods: FINITE,
  },
  {
    name: 'discrete with nested draws',
    body: 'var i = discrete([0.2, 0.3, 0.5]); var x = i === 0 ? flip(0.9) : i === 1 ? flip(0.5) : flip(0.1); condition(x); return i * 20;',
    mean: ratio([
      [0, 0.18],
      [20, 0.15],
      [40, 0.05],
    ]),
    methods: FINITE,
  },
  {
    name: 'a chain of three states',
    body: 'var step = function (s) { return flip(0.8) ? s : !s; }; var a = flip(0.5); var b = step(a); var c = step(b); condition(c); return a ? 100 : 0;',
    mean: 100 * (0.8 ** 2 + 0.2 ** 2),
    methods: FINITE,
  },
  {
    name: 'a hidden Markov chain',
    body: 'var go = function (s, n) { observe(Bernoulli({p: s ? 0.9 : 0.3}), true); return n === 0 ? s : go(flip(s ? 0.7 : 0.4), n - 1); }; return go(flip(0.5), 3) ? 100 : 0;',
    mean: (() => {
      let on = 0.5 * 0.9;
      let off = 0.5 * 0.3;
      for (let i = 0; i < 3; i++) [on, off] = [(on * 0.7 + off * 0.4) * 0.9, (on * 0.3 + off * 0.6) * 0.3];
      return (100 * on) / (on + off);
    })(),
    methods: FINITE,
  },
  {
    name: 'memoised traits of people',
    body: "var tall = mem(function (p) { return flip(0.3); }); condition(tall('a') || tall('b')); return tall('a') ? 100 : 0;",
    mean: 30 / (1 - 0.49),
    methods: FINITE,
  },
  {
    name: 'mem gives one draw per argument',
    body: "var x = mem(function (p) { return flip(0.5); }); return x('a') === x('a') ? 100 : 0;",
    mean: 100,
    methods: ['enumerate', 'rejection', 'mh'],
  },
  {
    name: 'memoised by two arguments',
    body: "var e = mem(function (p, d) { return flip(0.4); }); condition(e('a', 1)); return (e('a', 1) ? 50 : 0) + (e('a', 2) ? 50 : 0);",
    mean: 70,
    methods: FINITE,
  },
  {
    name: 'majority of five',
    body: 'var xs = repeat(5, function () { return flip(0.6) ? 1 : 0; }); condition(sum(xs) >= 3); return 20 * sum(xs);',
    mean: ratio([3, 4, 5].map((k) => [20 * k, choose(5, k) * 0.6 ** k * 0.4 ** (5 - k)])),
    methods: FINITE,
  },
  {
    name: 'noisy or of four causes',
    body: 'var ps = [0.2, 0.4, 0.6, 0.8]; var cs = map(function (p) { return flip(p) ? 1 : 0; }, ps); condition(flip(1 - Math.pow(0.5, sum(cs)))); return 100 * cs[0];',
    mean: ratio(
      bits(4).map((outcome) => [
        100 * outcome[0],
        weightOf(outcome, [0.2, 0.4, 0.6, 0.8]) * (1 - 0.5 ** outcome.reduce((a, b) => a + b, 0)),
      ]),
    ),
    methods: FINITE,
  },
  {
    name: 'a factor per element',
    body: 'var xs = repeat(3, function () { return flip(0.5) ? 1 : 0; }); map(function (x) { factor(x ? 0 : -0.7); }, xs); return 100 * xs[1];',
    mean: 100 / (1 + Math.exp(-0.7)),
    methods: FINITE,
  },
  {
    name: 'a delta and a multivariate Bernoulli',
    body: 'var v = sample(Delta({v: 3})); var xs = sample(MultivariateBernoulli({ps: [0.2, 0.7]})); condition(xs[0] + xs[1] > 0); return 10 * v + 50 * xs[0];',
    mean:
      30 +
      50 *
        ratio([
          [1, 0.2],
          [0, 0.8 * 0.7],
        ]),
    methods: FINITE,
  },
  {
    name: 'nested enumeration',
    body: "var d = Infer({method: 'enumerate', model: function () { var x = flip(0.5); var y = flip(0.5); condition(x || y); return x; }}); return sample(d) ? 100 : 0;",
    mean: 200 / 3,
    methods: ['enumerate', 'rejection', 'mh'],
  },
  {
    name: 'nested expectation',
    body: 'var d = Infer({model: function () { return flip(0.2) ? 10 : 60; }}); return expectation(d);',
    mean: 50,
    methods: ['enumerate', 'rejection'],
  },
  {
    name: 'a speaker who reasons about a listener',
    body: "var meaning = function (u, s) { return u === 'all' ? s === 3 : u === 'some' ? s > 0 : s === 0; }; var listener = mem(function (u) { return Infer({method: 'enumerate', model: function () { var s = randomInteger(4); condition(meaning(u, s)); return s; }}); }); var s = randomInteger(4); var u = uniformDraw(['all', 'some', 'none']); factor(listener(u).score(s)); condition(u === 'some'); return 20 * s;",
    mean: 40,
    methods: ['enumerate', 'rejection', 'importance'],
  },
  {
    name: 'evidence of one part in 4096',
    body: 'var xs = repeat(12, function () { var x = flip(0.5); condition(x); return x ? 1 : 0; }); return flip(0.5) ? 100 : 0;',
    mean: 50,
    methods: ['smc'],
  },
];

const CONTINUOUS_PROGRAMS: ClosedForm[] = [
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

export const CLOSED_FORMS: readonly ClosedForm[] = [...FINITE_PROGRAMS, ...CONTINUOUS_PROGRAMS];
