/** Programs with finitely many outcomes, each with its posterior in closed form. */
import { bits, type ClosedForm, choose, FINITE, ratio, weightOf } from './closedForm.ts';

export const FINITE_PROGRAMS: ClosedForm[] = [
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
