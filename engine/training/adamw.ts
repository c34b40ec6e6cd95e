/**
 * AdamW on a flat parameter vector: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w ← w(1 − ηλ) − η·m̂ / (√v̂ + ε), with hats dividing by 1 − βᵗ.
 * Parameters and moments are float32; the arithmetic in between is float64.
 * **Source:** I. Loshchilov, F. Hutter, Decoupled Weight Decay Regularization (2019); PyTorch's order of operations.
 */

/** First and second moments, and the number of updates made. */
export type AdamState = { readonly m: Float32Array; readonly v: Float32Array; readonly updates: number };

export type AdamOptions = {
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
};

/** Zero moments. */
export const initAdam = (length: number): AdamState => ({
  m: new Float32Array(length),
  v: new Float32Array(length),
  updates: 0,
});

/** One update. `weights` and the moments are changed in place; the returned state counts it. */
export function stepAdam(
  state: AdamState,
  weights: Float32Array,
  gradient: Float32Array,
  options: AdamOptions,
): AdamState {
  const { learningRate, weightDecay, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  const updates = state.updates + 1;
  const rate = learningRate / (1 - beta1 ** updates);
  const rootCorrection = Math.sqrt(1 - beta2 ** updates);
  const keep = 1 - learningRate * weightDecay;
  const { m, v } = state;
  for (let i = 0; i < weights.length; i++) {
    const g = gradient[i];
    m[i] += (1 - beta1) * (g - m[i]);
    v[i] = beta2 * v[i] + (1 - beta2) * g * g;
    weights[i] = keep * weights[i] - (rate * m[i]) / (Math.sqrt(v[i]) / rootCorrection + epsilon);
  }
  return { m, v, updates };
}

/** L2 norm, summed in float64. */
export function vectorNorm(vector: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += vector[i] * vector[i];
  return Math.sqrt(sum);
}

/** Scales `gradient` in place to norm `clipNorm` when it is longer; returns the norm before. */
export function clipGradient(gradient: Float32Array, clipNorm: number | null): number {
  const norm = vectorNorm(gradient);
  if (clipNorm !== null && norm > clipNorm) {
    const scale = clipNorm / norm;
    for (let i = 0; i < gradient.length; i++) gradient[i] *= scale;
  }
  return norm;
}
