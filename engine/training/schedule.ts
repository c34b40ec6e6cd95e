/** Learning-rate factor by optimizer step: constant, or linear warm-up and a cosine to zero. **Source:** torchtune's cosine with warm-up. */

export type Schedule = {
  readonly kind: 'constant' | 'cosine';
  readonly warmupSteps: number;
  readonly totalSteps: number;
};

/** Factor on the base rate at step `step` (from 0, below `totalSteps`). With a warm-up the first factor is 0. */
export function learningRateFactor({ kind, warmupSteps, totalSteps }: Schedule, step: number): number {
  if (step < warmupSteps) return step / warmupSteps;
  if (kind === 'constant') return 1;
  const progress = (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
  return 0.5 * (1 + Math.cos(Math.PI * progress));
}
