/** PEFT's `adapter_config.json`, both ways. What would change the adapter's meaning and is not supported is refused, never ignored. */
import { z } from 'zod';
import { UserError } from '../../shared/errors.ts';
import { PROJECTIONS } from '../transformer/architecture.ts';
import type { AdapterSpec } from './lora.ts';

const off = z.union([z.literal(false), z.null()]).optional();
const empty = z.union([z.null(), z.record(z.string(), z.never()), z.array(z.never())]).optional();
const configSchema = z.looseObject({
  peft_type: z.literal('LORA'),
  r: z.number().int().min(1).max(1024),
  lora_alpha: z.number().positive(),
  target_modules: z.array(z.enum(PROJECTIONS)).min(1),
  bias: z.literal('none').optional(),
  use_dora: off,
  use_rslora: off,
  fan_in_fan_out: off,
  lora_bias: off,
  modules_to_save: empty,
  rank_pattern: empty,
  alpha_pattern: empty,
  layers_to_transform: empty,
});

/** The adapter that the parsed `adapter_config.json` describes. Throws UserError for other kinds of adapters. */
export function readAdapterConfig(config: unknown, file: string): AdapterSpec {
  const parsed = configSchema.safeParse(config);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new UserError(`adapter: ${issue.message}`, {
      location: { file, path: issue.path.join('.') },
      hint: 'Plain LoRA on q, k, v, o, gate, up and down projections is supported.',
    });
  }
  const { r, lora_alpha, target_modules } = parsed.data;
  return {
    rank: r,
    alpha: lora_alpha,
    projections: PROJECTIONS.filter((projection) => target_modules.includes(projection)),
  };
}

/** The same as an object to write; PEFT loads it with its defaults for the rest. */
export const writeAdapterConfig = (spec: AdapterSpec, base: string, dropout: number): object => ({
  base_model_name_or_path: base,
  bias: 'none',
  fan_in_fan_out: false,
  inference_mode: true,
  lora_alpha: spec.alpha,
  lora_dropout: dropout,
  modules_to_save: null,
  peft_type: 'LORA',
  r: spec.rank,
  target_modules: [...spec.projections],
  task_type: 'CAUSAL_LM',
});
