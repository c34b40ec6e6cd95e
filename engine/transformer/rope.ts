/**
 * Rotary frequencies θ_i = base^(−2i/D), Llama 3.1's scaling of the low ones, and tables of cos and sin of position·θ_i.
 * **Source:** J. Su et al., RoFormer (2021); Hugging Face transformers' `rope_type: "llama3"` for the scaling.
 */
import type { Architecture } from './architecture.ts';
import type { Tensor } from './backend.ts';

/** θ [D/2]. With scaling: wavelengths beyond original/low are slowed by `factor`, those under original/high kept, between them mixed. */
export function inverseFrequencies(
  architecture: Pick<Architecture, 'headSize' | 'ropeTheta' | 'ropeScaling'>,
): Float64Array {
  const { headSize: D, ropeTheta, ropeScaling } = architecture;
  const plain = Float64Array.from({ length: D / 2 }, (_, i) => ropeTheta ** ((-2 * i) / D));
  if (!ropeScaling) return plain;
  const { factor, lowFrequencyFactor: low, highFrequencyFactor: high, originalMaxPositions } = ropeScaling;
  return plain.map((frequency) => {
    const turns = originalMaxPositions / ((2 * Math.PI) / frequency);
    const share = Math.min(1, Math.max(0, (turns - low) / (high - low)));
    return share * frequency + ((1 - share) * frequency) / factor;
  });
}

/**
 * Feeds `cosine`, `sine` and `negativeSine` of position·θ_i for positions below `count`, each [count, D/2]. Angles are rounded to float32
 * first, as PyTorch does.
 */
export function rotaryFeeds(frequencies: Float64Array, count: number): Map<string, Tensor> {
  const half = frequencies.length;
  const shape = [count, half];
  const angles = Float32Array.from({ length: count * half }, (_, i) =>
    Math.fround(Math.floor(i / half) * Math.fround(frequencies[i % half])),
  );
  const table = (f: (angle: number) => number): Tensor => ({ dataType: 'float32', shape, data: angles.map(f) });
  return new Map([
    ['cosine', table(Math.cos)],
    ['sine', table(Math.sin)],
    ['negativeSine', table((angle) => -Math.sin(angle))],
  ]);
}
