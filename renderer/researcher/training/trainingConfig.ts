/** Reads a training's configuration off its form. */
import { choiceOf, numberOf, textOf } from '../../components/formValues.ts';

export const TARGETS = ['distribution', 'mean'] as const;
export const SCHEDULES = ['constant', 'cosine'] as const;
export const WEIGHTS = ['float32', 'float16', 'int4'] as const;
export const BACKENDS = ['cpu', 'webgpu', 'cuda'] as const;
const [RATE, SEED] = [5e-4, 1];

/** The numbers of a field, separated by commas; `otherwise` where there is none. */
function numbersOf(form: FormData, name: string, otherwise: number): number[] {
  const numbers = textOf(form, name)
    .split(',')
    .map((text) => text.trim())
    .filter(Boolean)
    .map(Number);
  return numbers.length === 0 ? [otherwise] : numbers;
}

/** The configuration that a form describes, of the first rate and seed; what it does not ask has its default. */
export const configOf = (form: FormData) => ({
  target: choiceOf(form, 'target', TARGETS),
  loss: 'renormalised' as const,
  rank: numberOf(form, 'rank', 8),
  alpha: 2 * numberOf(form, 'rank', 8),
  dropout: 0,
  learningRate: numbersOf(form, 'rates', RATE)[0],
  weightDecay: 0,
  schedule: choiceOf(form, 'schedule', SCHEDULES),
  warmupSteps: 0,
  clipNorm: 1,
  batch: numberOf(form, 'batch', 4),
  accumulate: 1,
  epochBatches: numberOf(form, 'epochBatches', 200),
  epochs: numberOf(form, 'epochs', 10),
  patience: numberOf(form, 'patience', 5),
  seed: numbersOf(form, 'seeds', SEED)[0],
  backend: choiceOf(form, 'backend', BACKENDS),
  threads: 1,
  weights: choiceOf(form, 'weights', WEIGHTS),
  checkpointing: form.get('checkpointing') === 'on',
});

/** The sweep that a form describes; nothing where there is one rate and one seed. */
export function sweepOf(form: FormData): { readonly sweep?: { rates: number[]; seeds: number[] } } {
  const sweep = { rates: numbersOf(form, 'rates', RATE), seeds: numbersOf(form, 'seeds', SEED) };
  return sweep.rates.length > 1 || sweep.seeds.length > 1 ? { sweep } : {};
}
