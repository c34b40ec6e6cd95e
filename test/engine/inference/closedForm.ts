/** What a program with a known posterior is, which algorithms can run it, and the sums and distribution functions the answers are made of. */

export type ClosedForm = {
  readonly name: string;
  readonly body: string;
  readonly mean: number;
  readonly methods: readonly ('enumerate' | 'rejection' | 'importance' | 'mh' | 'smc' | 'hmc')[];
};

export const HARD = ['rejection', 'importance', 'mh', 'smc'] as const;
export const FINITE = ['enumerate', ...HARD] as const;
/** Soft evidence on real values. */
export const SOFT = [...HARD, 'hmc'] as const;
/** observe of a density, or a factor that may be above 0: no rejection. */
export const WEIGHTED = ['importance', 'mh', 'smc', 'hmc'] as const;
export const PRIOR = ['rejection', 'mh'] as const;

export const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
export const choose = (n: number, k: number): number => factorial(n) / factorial(k) / factorial(n - k);
/** Σ over outcomes of value × weight ÷ Σ weight. */
export const ratio = (outcomes: readonly (readonly [value: number, weight: number])[]): number =>
  outcomes.reduce((sum, [value, weight]) => sum + value * weight, 0) /
  outcomes.reduce((sum, [, weight]) => sum + weight, 0);
export const bits = (n: number): number[][] =>
  Array.from({ length: 2 ** n }, (_, code) => Array.from({ length: n }, (_, i) => (code >> i) & 1));
export const weightOf = (outcome: readonly number[], ps: readonly number[]): number =>
  outcome.reduce((product, bit, i) => product * (bit ? ps[i] : 1 - ps[i]), 1);
/** Standard normal distribution function by its series: good to 1e-12 for |z| ≤ 5. */
export const Phi = (z: number): number => {
  let term = z;
  let sum = z;
  for (let k = 1; k < 200; k++) sum += term *= (z * z) / (2 * k + 1);
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
};
export const phi = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
