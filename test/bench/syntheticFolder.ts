/** Writes Hugging Face folders of any size with random weights, piece by piece: for benches that ask what a large transformer needs. */
import { closeSync, copyFileSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Architecture, readArchitecture, weightShapes } from '../../engine/transformer/architecture.ts';
import { goldens } from '../engine/transformer/goldens.ts';

/** The shape of a Llama of 1.1 billion weights. */
export const LLAMA_1B = {
  model_type: 'llama',
  hidden_size: 2048,
  num_hidden_layers: 22,
  num_attention_heads: 32,
  num_key_value_heads: 4,
  intermediate_size: 5632,
  vocab_size: 32_000,
  max_position_embeddings: 2048,
  rms_norm_eps: 1e-5,
  hidden_act: 'silu',
} as const;

/** The shape of Llama 3.1 8B. */
export const LLAMA_8B = {
  ...LLAMA_1B,
  hidden_size: 4096,
  num_hidden_layers: 32,
  num_key_value_heads: 8,
  intermediate_size: 14_336,
  vocab_size: 128_256,
  max_position_embeddings: 131_072,
  rope_theta: 500_000,
} as const;

/** The shape of Qwen2.5 0.5B. */
export const QWEN_HALF_B = {
  model_type: 'qwen2',
  hidden_size: 896,
  num_hidden_layers: 24,
  num_attention_heads: 14,
  num_key_value_heads: 2,
  intermediate_size: 4864,
  vocab_size: 151_936,
  max_position_embeddings: 32_768,
  rms_norm_eps: 1e-6,
  rope_theta: 1_000_000,
  tie_word_embeddings: true,
  hidden_act: 'silu',
} as const;

const PIECE = 2 ** 22;

/** How many weights an architecture has. */
export const weightCount = (architecture: Architecture): number =>
  [...weightShapes(architecture).values()].reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0);

/** bf16 numbers of random sign between 2⁻⁷ and 2⁻⁵, by a linear congruential generator: their statistics do not matter, only their size. */
function fillRandom(words: Uint16Array, seed: number): number {
  let state = seed;
  for (let i = 0; i < words.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    words[i] = ((state >>> 16) & 0x80ff) + 0x3c00;
  }
  return state;
}

/** Writes config, tokenizer and bf16 weights into `folder` and returns the architecture. Norms are written like any weight. */
export function writeSyntheticFolder(folder: string, config: object): Architecture {
  mkdirSync(folder, { recursive: true });
  const architecture = readArchitecture(config, 'config.json');
  const header: Record<string, unknown> = {};
  let end = 0;
  for (const [name, shape] of weightShapes(architecture)) {
    const begin = end;
    end += 2 * shape.reduce((a, b) => a * b, 1);
    header[name] = { dtype: 'BF16', shape, data_offsets: [begin, end] };
  }
  const text = Buffer.from(JSON.stringify(header));
  const padded = Buffer.alloc(Math.ceil(text.length / 8) * 8, ' ');
  text.copy(padded);
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(padded.length));
  const descriptor = openSync(join(folder, 'model.safetensors'), 'w');
  writeSync(descriptor, prefix);
  writeSync(descriptor, padded);
  const words = new Uint16Array(PIECE);
  let state = 1;
  for (let left = end / 2; left > 0; left -= PIECE) {
    state = fillRandom(words, state);
    const piece = new Uint8Array(words.buffer, 0, 2 * Math.min(left, PIECE));
    for (let done = 0; done < piece.length; ) done += writeSync(descriptor, piece, done);
  }
  closeSync(descriptor);
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  const tokenizer = config === QWEN_HALF_B ? 'tiny-qwen2' : 'tiny-llama3';
  for (const file of ['tokenizer.json', 'tokenizer_config.json'])
    copyFileSync(join(goldens, 'tokenizers', tokenizer, file), join(folder, file));
  return architecture;
}
