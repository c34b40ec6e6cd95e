/**
 * LoRA fine-tuning on posteriors, step by step: a step reads its batches, sums their gradients, clips, and updates the adapter with AdamW.
 * What a step does depends on (seed, step) and the state alone, so a run can stop anywhere and go on to the same bits.
 * **Source:** ppt §4; differences: adapters and moments in float32, clipping and schedule in effect, data order by seed (§7.3 T3, T4).
 */
import { InternalError } from '../../shared/errors.ts';
import type { TrainConfig } from '../../shared/training.ts';
import { createRandom, type Random } from '../random.ts';
import type { Architecture } from '../transformer/architecture.ts';
import type { Executable, Tensor } from '../transformer/backend.ts';
import { type AdamState, clipGradient, initAdam, stepAdam } from './adamw.ts';
import { type PackingOptions, trainingFeeds } from './answerFeeds.ts';
import { gradientName } from './answerGraph.ts';
import { batchIndices } from './dataOrder.ts';
import { dropoutFeeds } from './dropout.ts';
import { type AdapterSpec, initAdapter } from './lora.ts';
import { type ParameterLayout, parameterTensors, parameterViews } from './parameters.ts';
import type { ScenarioSource } from './scenarioSource.ts';
import { learningRateFactor } from './schedule.ts';

/** Everything that stays the same during a run. */
export type FineTuneSetup = PackingOptions & {
  readonly architecture: Architecture;
  readonly spec: AdapterSpec;
  readonly executable: Executable;
  /** Base weights by name. */
  readonly weights: ReadonlyMap<string, Tensor>;
  readonly layout: ParameterLayout;
  readonly scenarios: ScenarioSource;
  readonly config: TrainConfig;
  readonly totalSteps: number;
};

/** What changes: adapter, moments, steps done. The arrays are updated in place. */
export type FineTuneState = { readonly vector: Float32Array; readonly adam: AdamState; readonly step: number };

/** Of one step: mean loss in nats per query, norm before clipping, rate used, tokens and queries read. */
export type StepInfo = {
  readonly loss: number;
  readonly gradientNorm: number;
  readonly learningRate: number;
  readonly tokens: number;
  readonly queries: number;
};

/** Steps of a run: `steps` if given, else all epochs. */
export const totalSteps = (config: TrainConfig): number => config.steps ?? config.epochs * config.epochBatches;

/** A fresh adapter with zero moments. */
export const initFineTune = (random: Random, layout: ParameterLayout): FineTuneState => ({
  vector: initAdapter(random, layout),
  adam: initAdam(layout.length),
  step: 0,
});

/** Loss and gradient of batch `batch`, the gradient written into `gradient`. */
export async function batchGradient(
  setup: FineTuneSetup,
  vector: Float32Array,
  gradient: Float32Array,
  batch: number,
): Promise<{ loss: number; tokens: number; queries: number }> {
  const { config, scenarios } = setup;
  const chosen = batchIndices(config.seed, scenarios.count, batch, config.batch).map(scenarios.read);
  const { feeds, tokens } = trainingFeeds(chosen, { ...setup, target: config.target });
  const masks = config.dropout > 0 ? dropoutMasks(setup, feeds, batch) : [];
  const fetches = new Map<string, Float32Array | null>([['loss', null]]);
  for (const [name, view] of parameterViews(setup.layout, gradient)) fetches.set(gradientName(name), view);
  const outputs = await setup.executable.run(
    new Map([...setup.weights, ...parameterTensors(setup.layout, vector), ...feeds, ...masks]),
    fetches,
  );
  const loss = Number(outputs.get('loss')?.data[0]);
  return { loss, tokens, queries: chosen.reduce((sum, { queries }) => sum + queries.length, 0) };
}

function dropoutMasks(setup: FineTuneSetup, feeds: ReadonlyMap<string, Tensor>, batch: number): Map<string, Tensor> {
  const count = (name: string): number => (feeds.get(name)?.shape ?? []).reduce((product, size) => product * size, 1);
  const random = createRandom(setup.config.seed).split('dropout', batch);
  const sizes = { tokens: count('tokens'), reads: count('rows') };
  return dropoutFeeds(random, { ...setup, dropout: setup.config.dropout }, sizes);
}

/** One optimizer step. Throws InternalError when loss or gradient is not finite. */
export async function stepFineTune(
  setup: FineTuneSetup,
  state: FineTuneState,
): Promise<{ state: FineTuneState; info: StepInfo }> {
  const { config, layout } = setup;
  const gradient = new Float32Array(layout.length);
  const part = config.accumulate > 1 ? new Float32Array(layout.length) : gradient;
  let loss = 0;
  let tokens = 0;
  let queries = 0;
  for (let i = 0; i < config.accumulate; i++) {
    const result = await batchGradient(setup, state.vector, part, state.step * config.accumulate + i);
    loss += result.loss / config.accumulate;
    tokens += result.tokens;
    queries += result.queries;
    if (config.accumulate > 1) for (let j = 0; j < gradient.length; j++) gradient[j] += part[j] / config.accumulate;
  }
  const gradientNorm = clipGradient(gradient, config.clipNorm);
  if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm))
    throw new InternalError(`loss ${loss}, gradient norm ${gradientNorm} at step ${state.step + 1}`);
  const schedule = { kind: config.schedule, warmupSteps: config.warmupSteps, totalSteps: setup.totalSteps };
  const learningRate = config.learningRate * learningRateFactor(schedule, state.step);
  const adam = stepAdam(state.adam, state.vector, gradient, { learningRate, weightDecay: config.weightDecay });
  return {
    state: { vector: state.vector, adam, step: state.step + 1 },
    info: { loss, gradientNorm, learningRate, tokens, queries },
  };
}
