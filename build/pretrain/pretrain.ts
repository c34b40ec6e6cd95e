/**
 * Pretrains the shipped transformer. Resumes from its folder's checkpoint.
 * Usage: node build/pretrain/pretrain.ts TOKENIZER_FOLDER RUN_FOLDER [--threads N]
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from '../../engine/random.ts';
import { PEOPLE } from '../../engine/scenario/names.ts';
import { type AdamState, clipGradient, initAdam, stepAdam } from '../../engine/training/adamw.ts';
import { gradientName } from '../../engine/training/answerGraph.ts';
import { buildLanguageGraph } from '../../engine/training/languageGraph.ts';
import { parameterTensors, parameterViews } from '../../engine/training/parameters.ts';
import { readArchitecture } from '../../engine/transformer/architecture.ts';
import { inverseFrequencies, rotaryFeeds } from '../../engine/transformer/rope.ts';
import { decodeSafetensors, encodeSafetensors } from '../../engine/transformer/safetensors.ts';
import { answerTokens, createTokenizer } from '../../engine/transformer/tokenizer.ts';
import { createCpuBackend } from '../../main/processes/ortBackend.ts';
import { HELD_OUT_SEED, PRETRAINING_SEED } from './corpus.ts';
import { marksOf, STAGES, stageAt, TOTAL_STEPS, trainingRows } from './curriculum.ts';
import { initialWeights } from './initialWeights.ts';
import { languageBatch } from './languageBatch.ts';
import { buildLogitsGraph, overallAccuracy, readingAccuracy } from './readingAccuracy.ts';

const WARMUP_STEPS = 100;
/** The last steps, over which the rate falls to a twentieth. */
const DECAY_STEPS = 400;
const EVALUATE_EVERY = 100;
const EVALUATION_TEXTS = 12;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: 'string', default: '1' },
    size: { type: 'string', default: '144,4,6,384' },
    rate: { type: 'string', default: '1.5e-3' },
  },
});
const [tokenizerFolder, runFolder] = positionals;
if (!tokenizerFolder || !runFolder)
  throw new Error('usage: node build/pretrain/pretrain.ts TOKENIZER_FOLDER RUN_FOLDER');
mkdirSync(runFolder, { recursive: true });

const readJson = (file: string) => JSON.parse(readFileSync(join(tokenizerFolder, file), 'utf8'));
const tokenizerJson = readJson('tokenizer.json');
const tokenizer = createTokenizer(tokenizerJson, readJson('tokenizer_config.json'));
const nameIds = PEOPLE.map((name) => [tokenizer.encode(name)[0], tokenizer.encode(` ${name}`)[0]] as const);
const marks = marksOf(tokenizer);
const vocabularySize = marks.end + 1;
const [C, layers, heads, intermediate] = values.size.split(',').map(Number);
const config = {
  architectures: ['LlamaForCausalLM'],
  model_type: 'llama',
  hidden_size: C,
  num_hidden_layers: layers,
  num_attention_heads: heads,
  num_key_value_heads: heads,
  head_dim: C / heads,
  intermediate_size: intermediate,
  vocab_size: vocabularySize,
  max_position_embeddings: 2048,
  rms_norm_eps: 1e-5,
  rope_theta: 500_000,
  rope_scaling: null,
  tie_word_embeddings: true,
  hidden_act: 'silu',
  attention_bias: false,
  mlp_bias: false,
  bos_token_id: marks.begin,
  eos_token_id: marks.end,
  torch_dtype: 'float16',
};
const architecture = readArchitecture(config, 'config.json');
writeFileSync(join(runFolder, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);

const { layout, vector } = initialWeights(createRandom(PRETRAINING_SEED).split('weights'), architecture, {
  pairs: nameIds,
  numbers: answerTokens(tokenizer).answerIds.map(([id]) => id),
});
let adam: AdamState = initAdam(layout.length);
let step = 0;

const checkpoint = join(runFolder, 'state.safetensors');
if (existsSync(checkpoint)) {
  const { tensors, metadata } = decodeSafetensors(readFileSync(checkpoint), checkpoint);
  vector.set(tensors.get('weights')?.data ?? []);
  adam.m.set(tensors.get('m')?.data ?? []);
  adam.v.set(tensors.get('v')?.data ?? []);
  step = Number(metadata.step);
  adam = { ...adam, updates: step };
}
function saveCheckpoint(): void {
  const flat = (data: Float32Array) => ({ shape: [data.length], data });
  const bytes = encodeSafetensors(
    new Map([
      ['weights', flat(vector)],
      ['m', flat(adam.m)],
      ['v', flat(adam.v)],
    ]),
    { step: String(step) },
  );
  writeFileSync(`${checkpoint}.tmp`, bytes);
  renameSync(`${checkpoint}.tmp`, checkpoint);
}

const backend = createCpuBackend(Number(values.threads));
const trainer = await backend.compile(buildLanguageGraph(architecture, true));
const reader = await backend.compile(buildLogitsGraph(architecture));
const weights = parameterTensors(layout, vector);
const gradient = new Float32Array(layout.length);
const fetches = new Map<string, Float32Array | null>([['loss', null]]);
for (const [name, view] of parameterViews(layout, gradient)) fetches.set(gradientName(name), view);
const frequencies = inverseFrequencies(architecture);
const log = (entry: object): void => {
  const line = JSON.stringify(entry);
  appendFileSync(join(runFolder, 'log.jsonl'), `${line}\n`);
  console.log(line);
};

const rateAt = (at: number): number =>
  Number(values.rate) * Math.min(1, (at + 1) / WARMUP_STEPS, 0.05 + (0.95 * (TOTAL_STEPS - at)) / DECAY_STEPS);

log({ event: 'start', step, parameters: layout.length, vocabularySize, totalSteps: TOTAL_STEPS, stages: STAGES });
const startedAt = performance.now();
let tokens = 0;
const sums = { repeat: [0, 0], reading: [0, 0] };
for (; step < TOTAL_STEPS; step++) {
  const rows = trainingRows(PRETRAINING_SEED, step, tokenizer, marks);
  const batch = languageBatch(rows);
  const feeds = new Map([...weights, ...batch.feeds, ...rotaryFeeds(frequencies, batch.tableLength)]);
  const outputs = await trainer.run(feeds, fetches);
  const loss = outputs.get('loss')?.data[0] as number;
  if (!Number.isFinite(loss)) throw new Error(`loss ${loss} at step ${step}`);
  const norm = clipGradient(gradient, 1);
  adam = stepAdam(adam, vector, gradient, { learningRate: rateAt(step), weightDecay: 0.01, beta2: 0.98 });
  tokens += batch.tokens;
  const sum = sums[rows[0].answers.length === 0 ? 'repeat' : 'reading'];
  sum[0] += loss;
  sum[1]++;
  if ((step + 1) % 50 === 0) {
    const seconds = (performance.now() - startedAt) / 1000;
    const losses = Object.fromEntries(
      Object.entries(sums).map(([kind, [total, count]]) => [
        kind,
        count === 0 ? null : Number((total / count).toFixed(4)),
      ]),
    );
    const speed = { tokensPerSecond: Math.round(tokens / seconds), seconds: Math.round(seconds) };
    log({ event: 'step', step: step + 1, ...losses, norm: Number(norm.toFixed(3)), ...speed });
    for (const own of Object.values(sums)) own.fill(0);
  }
  if ((step + 1) % EVALUATE_EVERY === 0 || step + 1 === TOTAL_STEPS) {
    const { stage } = stageAt(step);
    const test = { architecture, executable: reader, weights, tokenizer, marks };
    const results = await readingAccuracy(test, stage, HELD_OUT_SEED, EVALUATION_TEXTS);
    const kinds = Object.fromEntries(
      results.map(({ kind, right, asked }) => [kind, Number((right / asked).toFixed(2))]),
    );
    log({
      event: 'reading',
      step: step + 1,
      stage: stage.name,
      accuracy: Number(overallAccuracy(results).toFixed(4)),
      ...kinds,
    });
    step++;
    saveCheckpoint();
    step--;
  }
}
