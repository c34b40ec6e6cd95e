/** Transformers of given shapes with random weights, and token sequences to train them on: what the training benches run. */
import { createRandom } from '../../engine/random.ts';
import { buildTrainingGraph } from '../../engine/training/answerGraph.ts';
import { type FineTuneSetup, totalSteps } from '../../engine/training/fineTune.ts';
import { adapterLayout, DEFAULT_PROJECTIONS } from '../../engine/training/lora.ts';
import { layoutParameters, parameterTensors } from '../../engine/training/parameters.ts';
import { packScenario } from '../../engine/training/prefixPacking.ts';
import type { PreparedScenario } from '../../engine/training/prepareScenarios.ts';
import { scenariosInMemory } from '../../engine/training/scenarioSource.ts';
import { buildAnswerTrie } from '../../engine/transformer/answerTrie.ts';
import { type Architecture, readArchitecture, weightShapes } from '../../engine/transformer/architecture.ts';
import type { Backend } from '../../engine/transformer/backend.ts';
import { type FrozenWeights, fedWeights } from '../../engine/transformer/frozenWeights.ts';
import { inverseFrequencies } from '../../engine/transformer/rope.ts';
import type { DatasetRecord } from '../../shared/training.ts';
import { type TrainConfigInput, trainConfigSchema } from '../../shared/training.ts';

/** `config.json` of the transformer of the speed table. */
export const SMALL = {
  model_type: 'llama',
  hidden_size: 256,
  num_hidden_layers: 6,
  num_attention_heads: 8,
  num_key_value_heads: 4,
  intermediate_size: 704,
  vocab_size: 4096,
  rms_norm_eps: 1e-5,
  hidden_act: 'silu',
} as const;

/** A trie of one token an answer: ids 0–100, closed by 101. */
export const FLAT_TRIE = buildAnswerTrie(
  Array.from({ length: 101 }, (_, i) => [i]),
  101,
);

/** Base weights of mean 0 and sd 0.05, fed as float32. */
export function randomWeights(architecture: Architecture): FrozenWeights {
  const random = createRandom(1);
  const layout = layoutParameters(weightShapes(architecture));
  const vector = Float32Array.from({ length: layout.length }, () => 0.05 * random.gaussian());
  return fedWeights(parameterTensors(layout, vector));
}

/** A scenario of sequences that are asked together, each with a uniform target. */
export function scenarioOf(name: string, sequences: readonly (readonly number[])[]): PreparedScenario {
  const queries = sequences.map(
    (_, q): DatasetRecord => ({
      scenarioId: name,
      queryId: `q${q}`,
      kind: 'rank',
      motifCell: null,
      split: 'train',
      context: '',
      question: '',
      answer: '50',
      bins: new Array<number>(101).fill(1 / 101),
      mean: 50,
      sd: 29,
      mcse: 0,
    }),
  );
  return { scenarioId: name, packed: packScenario(sequences), queries };
}

export type SetupOptions = {
  readonly frozen: FrozenWeights;
  readonly scenarios: readonly PreparedScenario[];
  readonly config: TrainConfigInput;
  readonly isCheckpointed?: boolean;
};

/** A LoRA run (rank 8, alpha 16) over `scenarios`, compiled for `backend`. */
export async function setUp(
  backend: Backend,
  architecture: Architecture,
  { frozen, scenarios, config, isCheckpointed }: SetupOptions,
): Promise<FineTuneSetup> {
  const spec = { rank: 8, alpha: 16, projections: DEFAULT_PROJECTIONS };
  const parsed = trainConfigSchema.parse(config);
  const file = buildTrainingGraph(architecture, FLAT_TRIE, spec, {
    loss: 'renormalised',
    stored: frozen.stored,
    isCheckpointed,
  });
  return {
    trie: FLAT_TRIE,
    frequencies: inverseFrequencies(architecture),
    architecture,
    spec,
    executable: await backend.compile(file, frozen.folder),
    weights: frozen.fed,
    layout: adapterLayout(architecture, spec),
    scenarios: scenariosInMemory(scenarios),
    config: parsed,
    totalSteps: totalSteps(parsed),
  };
}

/** `count` random token ids. */
export function randomIds(seed: number, count: number): number[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => random.integer(SMALL.vocab_size));
}

export const smallArchitecture = (): Architecture => readArchitecture(SMALL, 'bench');
