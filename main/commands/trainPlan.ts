/** `credence train --plan` as lines for a terminal. */
import type { TrainingPlan } from '../../shared/training.ts';

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`.padStart(14);

/** Whether it fits, as far as that can be known: onnxruntime does not tell how much memory a graphics card has. */
function verdict({ backend, total, free, largestBuffer, bindingLimit, choices }: TrainingPlan): string {
  if (backend === 'webgpu' && largestBuffer > bindingLimit)
    return `It does not fit: its largest buffer takes ${mebibytes(largestBuffer).trim()}, and common adapters bind ${mebibytes(bindingLimit).trim()} at most.`;
  if (backend !== 'cpu') return `It fits a graphics card with ${mebibytes(total).trim()} of memory free.`;
  if (total <= free) return 'It fits.';
  const other = choices.find((choice) => choice.total <= free);
  if (!other) return 'It does not fit: lower --batch, or use a smaller transformer.';
  return `It does not fit; it would with --weights ${other.weights}${other.checkpointing ? ' --checkpointing' : ''}.`;
}

/** The plan by part, then the total of every choice of weights and checkpointing. */
export function describePlan(plan: TrainingPlan): string {
  const { weights, widening, adapter, optimizer, activations, total, free } = plan;
  const parts = { weights, widening, adapter, optimizer, activations, total, 'free now': free };
  return [
    ...Object.entries(parts).map(([name, bytes]) => `${name.padEnd(12)}${mebibytes(bytes)}`),
    `longest scenario: ${plan.longestTokens} tokens`,
    verdict(plan),
    '',
    'total by choice:',
    ...plan.choices.map((choice) => {
      const flags = `--weights ${choice.weights}${choice.checkpointing ? ' --checkpointing' : ''}`;
      return `  ${flags.padEnd(36)}${mebibytes(choice.total)}`;
    }),
    '',
  ].join('\n');
}
