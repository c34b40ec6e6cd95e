/** Opens what a fine-tuning run works with: transformer, base weights, both graphs, and the scenarios it trains and validates on. */
import { buildAnswerGraph, buildTrainingGraph } from '../../engine/training/answerGraph.ts';
import type { Answerer } from '../../engine/training/answerQueries.ts';
import { type FineTuneSetup, totalSteps } from '../../engine/training/fineTune.ts';
import { type AdapterSpec, adapterLayout, DEFAULT_PROJECTIONS } from '../../engine/training/lora.ts';
import { type ScenarioSource, scenariosInMemory } from '../../engine/training/scenarioSource.ts';
import { type AnswerTrie, buildAnswerTrie } from '../../engine/transformer/answerTrie.ts';
import type { Architecture } from '../../engine/transformer/architecture.ts';
import type { Backend, Executable } from '../../engine/transformer/backend.ts';
import { inverseFrequencies } from '../../engine/transformer/rope.ts';
import { answerTokens } from '../../engine/transformer/tokenizer.ts';
import type { RunControl } from '../../shared/progress.ts';
import type { DatasetRecord } from '../../shared/training.ts';
import { type BaseWeights, openBaseWeights } from './baseWeights.ts';
import { openSplit, type ScenarioFile } from './datasetFiles.ts';
import { exclusiveExecutables } from './exclusiveExecutables.ts';
import type { FineTuneRequest } from './trainingMessages.ts';
import { openTransformerFolder } from './transformerFolder.ts';

/** What a run works with, opened once. */
export type OpenRun = {
  readonly request: FineTuneRequest;
  readonly backend: Pick<Backend, 'name' | 'threads'>;
  readonly setup: FineTuneSetup;
  readonly spec: AdapterSpec;
  readonly base: BaseWeights;
  readonly scenarios: ScenarioFile;
  readonly answerer: Answerer;
  readonly validation: ScenarioSource;
  readonly validationRecords: readonly DatasetRecord[];
};

/** `gate_proj` and the like, rank and alpha of the configuration. */
const specOf = ({ config }: FineTuneRequest): AdapterSpec => ({
  rank: config.rank,
  alpha: config.alpha,
  projections: DEFAULT_PROJECTIONS,
});

/** The training and the answering graph. Each loads the weights that lie in files; a graphics card has room for one of them at a time. */
async function compileBoth(
  request: FineTuneRequest,
  backend: Backend,
  { architecture, trie, base }: { architecture: Architecture; trie: AnswerTrie; base: BaseWeights },
): Promise<Executable[]> {
  const { loss, dropout, checkpointing } = request.config;
  const spec = specOf(request);
  const files = [
    buildTrainingGraph(architecture, trie, spec, {
      loss,
      hasDropout: dropout > 0,
      isCheckpointed: checkpointing,
      stored: base.stored,
    }),
    buildAnswerGraph(architecture, trie, spec, base),
  ];
  const compilers = files.map((file) => () => backend.compile(file, base.folder));
  return backend.name === 'cpu' ? Promise.all(compilers.map((compile) => compile())) : exclusiveExecutables(compilers);
}

/** Opens transformer, dataset and device for the run. Throws UserError for what is not as it should be. */
export async function openFineTune(request: FineTuneRequest, backend: Backend, control: RunControl): Promise<OpenRun> {
  const { architecture, tokenizer } = openTransformerFolder(request.transformer);
  const prompts = { tokenizer, maxTokens: architecture.maxPositions };
  const scenarios = await openSplit(request.dataset, 'train', prompts);
  const held = await openSplit(request.dataset, 'validation', prompts);
  const asked = Math.min(held.count, request.validationScenarios);
  const validation = Array.from({ length: asked }, (_, i) => held.read(i));
  held.close();
  const spec = specOf(request);
  const { answerIds, closeId } = answerTokens(tokenizer);
  const options = { type: request.config.weights, device: backend.name, scratch: request.out };
  const base = await openBaseWeights(request.transformer, architecture, options, control);
  const shared = {
    trie: buildAnswerTrie(answerIds, closeId),
    frequencies: inverseFrequencies(architecture),
    weights: base.fed,
  };
  const [executable, answering] = await compileBoth(request, backend, { architecture, trie: shared.trie, base });
  const setup: FineTuneSetup = {
    ...shared,
    executable,
    architecture,
    spec,
    layout: adapterLayout(architecture, spec),
    scenarios,
    config: request.config,
    totalSteps: totalSteps(request.config),
  };
  return {
    request,
    backend: { name: backend.name, threads: backend.threads },
    setup,
    spec,
    base,
    scenarios,
    answerer: { ...shared, executable: answering },
    validation: scenariosInMemory(validation),
    validationRecords: validation.flatMap(({ queries }) => queries),
  };
}

/** Releases all of it. */
export async function closeFineTune({ setup, answerer, base, scenarios }: OpenRun): Promise<void> {
  await setup.executable.release();
  await answerer.executable.release();
  base.close();
  scenarios.close();
}
