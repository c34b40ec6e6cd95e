/**
 * Pretrains the shipped transformer. Resumes from its folder's checkpoint, where the options of later steps may differ; the log says so.
 * Usage: node build/pretrain/pretrain.ts TOKENIZER_FOLDER RUN_FOLDER [--steps N] [--size C,LAYERS,HEADS,MLP] [--rate-scale X] [--threads N]
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from '../../engine/random.ts';
import { PEOPLE } from '../../engine/scenario/names.ts';
import { buildLanguageGraph } from '../../engine/training/languageGraph.ts';
import { type Architecture, readArchitecture } from '../../engine/transformer/architecture.ts';
import { inverseFrequencies, rotaryFeeds } from '../../engine/transformer/rope.ts';
import { decodeSafetensors, encodeSafetensors } from '../../engine/transformer/safetensors.ts';
import { answerTokens, createTokenizer, type Tokenizer } from '../../engine/transformer/tokenizer.ts';
import { createCpuBackend } from '../../main/processes/ortBackend.ts';
import { MASTERY_SEED, PRETRAINING_SEED } from './corpus.ts';
import { LEVELS, type Marks, marksOf, trainingRows } from './curriculum.ts';
import { initialWeights } from './initialWeights.ts';
import { languageBatch } from './languageBatch.ts';
import {
  groupGradients,
  groupParameters,
  groupTensors,
  groupVectors,
  type ParameterGroup,
  stepGroups,
} from './parameterGroups.ts';
import { buildLogitsGraph, overallAccuracy, readingAccuracy } from './readingAccuracy.ts';

const WARMUP_STEPS = 50;
/** Share of the steps, at the end, over which the rate falls to zero. */
const DECAY_SHARE = 0.3;
const EVALUATE_EVERY = 50;
const EVALUATION_TEXTS = 20;

/** How far a run is; changed as it goes. */
type Standing = { step: number; level: number };

function architectureConfig(size: string, marks: Marks): object {
  const [C, layers, heads, intermediate] = size.split(',').map(Number);
  return {
    architectures: ['LlamaForCausalLM'],
    model_type: 'llama',
    hidden_size: C,
    num_hidden_layers: layers,
    num_attention_heads: heads,
    num_key_value_heads: heads,
    head_dim: C / heads,
    intermediate_size: intermediate,
    vocab_size: marks.end + 1,
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
}

function startingGroups(architecture: Architecture, tokenizer: Tokenizer): ParameterGroup[] {
  const { layout, vector } = initialWeights(createRandom(PRETRAINING_SEED).split('weights'), architecture, {
    pairs: PEOPLE.map((name) => [tokenizer.encode(name)[0], tokenizer.encode(` ${name}`)[0]] as const),
    numbers: answerTokens(tokenizer).answerIds.map(([id]) => id),
  });
  return groupParameters(layout, vector);
}

function loadCheckpoint(file: string, groups: readonly ParameterGroup[]): Standing {
  if (!existsSync(file)) return { step: 0, level: 0 };
  const { tensors, metadata } = decodeSafetensors(readFileSync(file), file);
  for (const [name, vector] of groupVectors(groups)) vector.set(tensors.get(name)?.data ?? []);
  const step = Number(metadata.step);
  for (const group of groups) group.adam = { ...group.adam, updates: step };
  return { step, level: Number(metadata.level) };
}

function saveCheckpoint(file: string, groups: readonly ParameterGroup[], { step, level }: Standing): void {
  const vectors = new Map([...groupVectors(groups)].map(([name, data]) => [name, { shape: [data.length], data }]));
  writeFileSync(`${file}.tmp`, encodeSafetensors(vectors, { step: String(step), level: String(level) }));
  renameSync(`${file}.tmp`, file);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: 'string', default: '1' },
    size: { type: 'string', default: '128,5,4,320' },
    steps: { type: 'string', default: '4000' },
    'rate-scale': { type: 'string', default: '1' },
  },
});
const [tokenizerFolder, runFolder] = positionals;
if (!tokenizerFolder || !runFolder)
  throw new Error('usage: node build/pretrain/pretrain.ts TOKENIZER_FOLDER RUN_FOLDER');
mkdirSync(runFolder, { recursive: true });

const readJson = (file: string) => JSON.parse(readFileSync(join(tokenizerFolder, file), 'utf8'));
const tokenizer = createTokenizer(readJson('tokenizer.json'), readJson('tokenizer_config.json'));
const marks = marksOf(tokenizer);
const config = architectureConfig(values.size, marks);
const architecture = readArchitecture(config, 'config.json');
writeFileSync(join(runFolder, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
const groups = startingGroups(architecture, tokenizer);
const checkpoint = join(runFolder, 'state.safetensors');
const standing = loadCheckpoint(checkpoint, groups);

const backend = createCpuBackend(Number(values.threads));
const trainer = await backend.compile(buildLanguageGraph(architecture, true));
const reader = await backend.compile(buildLogitsGraph(architecture));
const weights = groupTensors(groups);
const fetches = new Map<string, Float32Array | null>([['loss', null], ...groupGradients(groups)]);
const frequencies = inverseFrequencies(architecture);
const totalSteps = Number(values.steps);
const log = (entry: object): void => {
  appendFileSync(join(runFolder, 'log.jsonl'), `${JSON.stringify(entry)}\n`);
  console.log(JSON.stringify(entry));
};
const round = (value: number, digits: number): number => Number(value.toFixed(digits));

function learningRate({ step, level }: Standing): number {
  const share = Math.min(1, (step + 1) / WARMUP_STEPS, (totalSteps - step) / (DECAY_SHARE * totalSteps));
  return Number(values['rate-scale']) * LEVELS[level].rate * share;
}

/** One step; gives its loss, the gradient's norm and the number of tokens read. */
async function takeStep(): Promise<{ loss: number; norm: number; tokens: number }> {
  const rows = trainingRows({ seed: PRETRAINING_SEED, ...standing }, tokenizer, marks);
  const batch = languageBatch(rows);
  const feeds = new Map([...weights, ...batch.feeds, ...rotaryFeeds(frequencies, batch.tableLength)]);
  const outputs = await trainer.run(feeds, fetches);
  const loss = Number(outputs.get('loss')?.data[0]);
  if (!Number.isFinite(loss)) throw new Error(`loss ${loss} at step ${standing.step}`);
  const norm = stepGroups(groups, learningRate(standing));
  standing.step++;
  return { loss, norm, tokens: batch.tokens };
}

/** Accuracy on held-out texts of the level, for the log; a mastered level is left. */
async function examine(): Promise<object> {
  const level = LEVELS[standing.level];
  const test = { architecture, executable: reader, weights, tokenizer, marks };
  const results = await readingAccuracy(test, level, MASTERY_SEED, EVALUATION_TEXTS);
  const accuracy = overallAccuracy(results);
  if (accuracy >= level.mastery) standing.level++;
  const kinds = results.map(({ kind, right, asked }) => [kind, round(right / asked, 2)]);
  return { level: level.name, accuracy: round(accuracy, 4), ...Object.fromEntries(kinds) };
}

log({ event: 'start', ...standing, options: values, levels: LEVELS });
let [losses, tokens, startedAt] = [0, 0, performance.now()];
while (standing.step < totalSteps) {
  const taken = await takeStep();
  losses += taken.loss;
  tokens += taken.tokens;
  if (standing.step % EVALUATE_EVERY !== 0 && standing.step !== totalSteps) continue;
  const seconds = (performance.now() - startedAt) / 1000;
  const speed = { rate: learningRate(standing), tokensPerSecond: Math.round(tokens / seconds) };
  const loss = { loss: round(losses / EVALUATE_EVERY, 4), norm: round(taken.norm, 2) };
  log({ event: 'step', step: standing.step, ...loss, ...speed, ...(await examine()) });
  saveCheckpoint(checkpoint, groups, standing);
  [losses, tokens, startedAt] = [0, 0, performance.now()];
}
