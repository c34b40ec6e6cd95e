/**
 * What a Hugging Face `config.json` says about a Llama or Qwen2 transformer, and the weights such a transformer must have.
 * Reads both spellings found on the hub: `rope_theta` + `rope_scaling` + `torch_dtype`, and transformers 5's `rope_parameters` + `dtype`.
 */
import { z } from 'zod';
import { UserError } from '../../shared/errors.ts';

/** Llama 3.1's frequency scaling. **Source:** Hugging Face transformers, `rope_type: "llama3"`. */
export type RopeScaling = {
  readonly factor: number;
  readonly lowFrequencyFactor: number;
  readonly highFrequencyFactor: number;
  readonly originalMaxPositions: number;
};

export type Architecture = {
  readonly family: 'llama' | 'qwen2';
  /** C */
  readonly hiddenSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headSize: number;
  readonly intermediateSize: number;
  /** V: rows of the embedding, which may exceed the tokenizer's. */
  readonly vocabularySize: number;
  readonly epsilon: number;
  readonly ropeTheta: number;
  readonly ropeScaling: RopeScaling | null;
  readonly maxPositions: number;
  /** The head is the embedding. */
  readonly isTied: boolean;
  /** q, k and v have biases. */
  readonly hasBiases: boolean;
  readonly endIds: readonly number[];
};

const size = z.number().int().positive();
const ropeSchema = z.looseObject({
  rope_type: z.string().optional(),
  type: z.string().optional(),
  rope_theta: z.number().positive().optional(),
  factor: z.number().positive().optional(),
  low_freq_factor: z.number().positive().optional(),
  high_freq_factor: z.number().positive().optional(),
  original_max_position_embeddings: size.optional(),
});
const configSchema = z.looseObject({
  model_type: z.enum(['llama', 'qwen2']),
  hidden_size: size,
  num_hidden_layers: size,
  num_attention_heads: size,
  num_key_value_heads: size.optional(),
  head_dim: size.nullish(),
  intermediate_size: size,
  vocab_size: size,
  max_position_embeddings: size.default(2048),
  rms_norm_eps: z.number().positive(),
  rope_theta: z.number().positive().optional(),
  rope_scaling: ropeSchema.nullish(),
  rope_parameters: ropeSchema.nullish(),
  tie_word_embeddings: z.boolean().default(false),
  hidden_act: z.literal('silu'),
  attention_bias: z.literal(false).optional(),
  mlp_bias: z.literal(false).optional(),
  use_sliding_window: z.literal(false).optional(),
  eos_token_id: z.union([z.number().int(), z.array(z.number().int())]).nullish(),
});

function readScaling(rope: z.infer<typeof ropeSchema> | null | undefined, file: string): RopeScaling | null {
  const type = rope?.rope_type ?? rope?.type ?? 'default';
  if (!rope || type === 'default') return null;
  if (type !== 'llama3')
    throw new UserError(`config: rope type "default" or "llama3" expected, received "${type}"`, {
      location: { file, path: 'rope_scaling.rope_type' },
    });
  const { factor, low_freq_factor, high_freq_factor, original_max_position_embeddings } = rope;
  if (!factor || !low_freq_factor || !high_freq_factor || !original_max_position_embeddings)
    throw new UserError(
      'config: rope type "llama3" needs factor, low_freq_factor, high_freq_factor and original_max_position_embeddings',
      { location: { file, path: 'rope_scaling' } },
    );
  return {
    factor,
    lowFrequencyFactor: low_freq_factor,
    highFrequencyFactor: high_freq_factor,
    originalMaxPositions: original_max_position_embeddings,
  };
}

/** The architecture that the parsed `config.json` describes; `file` names it in errors. Throws UserError for anything we do not run. */
export function readArchitecture(config: unknown, file: string): Architecture {
  const parsed = configSchema.safeParse(config);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new UserError(`config: ${issue.message}`, {
      location: { file, path: issue.path.join('.') },
      hint: 'Llama (3, 3.1, 3.2) and Qwen2 (2, 2.5) folders as published on the Hugging Face hub are supported.',
    });
  }
  const { data } = parsed;
  const rope = data.rope_parameters ?? data.rope_scaling;
  const heads = data.num_attention_heads;
  const architecture: Architecture = {
    family: data.model_type,
    hiddenSize: data.hidden_size,
    layers: data.num_hidden_layers,
    heads,
    keyValueHeads: data.num_key_value_heads ?? heads,
    headSize: data.head_dim ?? data.hidden_size / heads,
    intermediateSize: data.intermediate_size,
    vocabularySize: data.vocab_size,
    epsilon: data.rms_norm_eps,
    ropeTheta: data.rope_parameters?.rope_theta ?? data.rope_theta ?? 10_000,
    ropeScaling: readScaling(rope, file),
    maxPositions: data.max_position_embeddings,
    isTied: data.tie_word_embeddings,
    hasBiases: data.model_type === 'qwen2',
    endIds: [data.eos_token_id ?? []].flat(),
  };
  checkHeads(architecture, file);
  return architecture;
}

function checkHeads({ heads, keyValueHeads, headSize }: Architecture, file: string): void {
  if (heads % keyValueHeads !== 0)
    throw new UserError(`config: ${heads} heads do not divide into ${keyValueHeads} key/value heads`, {
      location: { file, path: 'num_key_value_heads' },
    });
  if (!Number.isInteger(headSize) || headSize % 2 !== 0)
    throw new UserError(`config: a head size that is a whole even number expected, received ${headSize}`, {
      location: { file, path: 'head_dim' },
    });
}

/** The projections of a layer that LoRA can adapt, by their Hugging Face names. */
export const PROJECTIONS = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'] as const;
export type Projection = (typeof PROJECTIONS)[number];

/** The module path of a projection, such as `model.layers.0.self_attn.q_proj`. */
export const projectionPath = (layer: number, projection: Projection): string =>
  `model.layers.${layer}.${['gate_proj', 'up_proj', 'down_proj'].includes(projection) ? 'mlp' : 'self_attn'}.${projection}`;

/** [out, in] of a projection. */
export function projectionShape(architecture: Architecture, projection: Projection): readonly [number, number] {
  const { hiddenSize: C, intermediateSize, headSize, heads, keyValueHeads } = architecture;
  switch (projection) {
    case 'q_proj':
      return [heads * headSize, C];
    case 'k_proj':
    case 'v_proj':
      return [keyValueHeads * headSize, C];
    case 'o_proj':
      return [C, heads * headSize];
    case 'gate_proj':
    case 'up_proj':
      return [intermediateSize, C];
    case 'down_proj':
      return [C, intermediateSize];
    default:
      return projection satisfies never;
  }
}

/** Name and shape of every weight, in the order of the layers. */
export function weightShapes(architecture: Architecture): ReadonlyMap<string, readonly number[]> {
  const { hiddenSize: C, vocabularySize: V } = architecture;
  const shapes = new Map<string, readonly number[]>([['model.embed_tokens.weight', [V, C]]]);
  for (let layer = 0; layer < architecture.layers; layer++) {
    shapes.set(`model.layers.${layer}.input_layernorm.weight`, [C]);
    for (const projection of PROJECTIONS) {
      const shape = projectionShape(architecture, projection);
      const path = projectionPath(layer, projection);
      shapes.set(`${path}.weight`, shape);
      if (architecture.hasBiases && ['q_proj', 'k_proj', 'v_proj'].includes(projection))
        shapes.set(`${path}.bias`, [shape[0]]);
    }
    shapes.set(`model.layers.${layer}.post_attention_layernorm.weight`, [C]);
  }
  shapes.set('model.norm.weight', [C]);
  if (!architecture.isTied) shapes.set('lm_head.weight', [V, C]);
  return shapes;
}
