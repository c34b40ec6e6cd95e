/** The flags that say on which device, and in how much memory, a transformer answers. */
import { BACKENDS, WEIGHT_TYPES, type WeightType } from '../../shared/training.ts';

export const DEVICE_OPTIONS = {
  backend: { type: 'string', choices: BACKENDS, description: 'device' },
  threads: { type: 'number', integer: true, min: 1, description: 'threads of the CPU backend' },
  weights: { type: 'string', choices: WEIGHT_TYPES, description: 'how base weights are kept in memory' },
} as const;

/** What was chosen, the CPU with one thread and float32 weights if nothing was. */
export const deviceOf = (values: {
  readonly backend: string | undefined;
  readonly threads: number | undefined;
  readonly weights: string | undefined;
}): { backend: (typeof BACKENDS)[number]; threads: number; weights: WeightType } => ({
  backend: BACKENDS.find((name) => name === values.backend) ?? 'cpu',
  threads: values.threads ?? 1,
  weights: WEIGHT_TYPES.find((name) => name === values.weights) ?? 'float32',
});
