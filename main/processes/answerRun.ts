/** Answers records with a transformer, with or without an adapter, portion by portion. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAdapterConfig } from '../../engine/training/adapterConfig.ts';
import { buildAnswerGraph } from '../../engine/training/answerGraph.ts';
import { type Answerer, answerBatch } from '../../engine/training/answerQueries.ts';
import { type AdapterSpec, adapterLayout } from '../../engine/training/lora.ts';
import { type PromptRecord, promptIds } from '../../engine/training/prepareScenarios.ts';
import type { ScenarioSource } from '../../engine/training/scenarioSource.ts';
import { buildAnswerTrie } from '../../engine/transformer/answerTrie.ts';
import type { Architecture } from '../../engine/transformer/architecture.ts';
import type { Backend, Tensor } from '../../engine/transformer/backend.ts';
import type { FrozenWeights } from '../../engine/transformer/frozenWeights.ts';
import { inverseFrequencies } from '../../engine/transformer/rope.ts';
import { answerTokens } from '../../engine/transformer/tokenizer.ts';
import { CancelledError, UserError } from '../../shared/errors.ts';
import type { ModelAnswer } from '../../shared/modelAnswer.ts';
import type { RunControl } from '../../shared/progress.ts';
import { openBaseWeights } from './baseWeights.ts';
import { openScenarios, openSplit } from './datasetFiles.ts';
import { readJsonLines } from './jsonLines.ts';
import { type AnswerLogProbs, type AnswerRequest, type LogProbsRequest, promptSchema } from './trainingMessages.ts';
import { openTransformerFolder, readJsonFile, readTensorFile, type TransformerFolder } from './transformerFolder.ts';

/** Scenarios per pass. */
export const SCENARIOS_PER_PASS = 4;

/** A PEFT adapter folder's spec and tensors, checked against the architecture. */
export function readAdapter(
  folder: string,
  architecture: Architecture,
): { spec: AdapterSpec; tensors: Map<string, Tensor> } {
  const configFile = join(folder, 'adapter_config.json');
  const spec = readAdapterConfig(readJsonFile(configFile), configFile);
  const file = join(folder, 'adapter_model.safetensors');
  const { tensors } = readTensorFile(file);
  const layout = adapterLayout(architecture, spec);
  layout.names.forEach((name, i) => {
    const shape = tensors.get(name)?.shape;
    if (shape?.join() !== layout.shapes[i].join())
      throw new UserError(
        `adapter: "${name}" of shape [${layout.shapes[i]}] expected, received ${shape ? `[${shape}]` : 'none'}`,
        {
          location: { file, path: name },
          hint: 'Was this adapter made for another transformer?',
        },
      );
  });
  if (tensors.size !== layout.names.length) {
    const extra = [...tensors.keys()].find((name) => !layout.names.includes(name));
    throw new UserError(`adapter: unexpected tensor "${extra}"`, { location: { file, path: extra } });
  }
  return { spec, tensors };
}

/** Asks all `scenarios`, calling `receive` with each pass's answers. Throws CancelledError on `control.signal`. */
export async function answerScenarios<Q extends PromptRecord>(
  answerer: Answerer,
  scenarios: ScenarioSource<Q>,
  stage: string,
  control: RunControl & { readonly receive: (answers: Awaited<ReturnType<typeof answerBatch>>, queries: Q[]) => void },
): Promise<void> {
  for (let i = 0; i < scenarios.count; i += SCENARIOS_PER_PASS) {
    if (control.signal?.aborted) throw new CancelledError(stage);
    const size = Math.min(SCENARIOS_PER_PASS, scenarios.count - i);
    const pass = Array.from({ length: size }, (_, j) => scenarios.read(i + j));
    control.receive(
      await answerBatch(answerer, pass),
      pass.flatMap(({ queries }) => queries),
    );
    control.onProgress?.({ stage, done: i + pass.length, total: scenarios.count, unit: 'scenarios' });
  }
}

/** A compiled transformer with its adapter, ready to run. */
export type OpenRunnable = {
  readonly runnable: Omit<Answerer, 'trie'>;
  readonly close: () => Promise<void>;
};

/** Opens adapter and base weights of `opened` and compiles the graph that `build` gives. */
export async function openRunnable(
  request: Pick<AnswerRequest, 'adapter' | 'device'> & { readonly opened: TransformerFolder },
  backend: Backend,
  control: RunControl,
  build: (spec: AdapterSpec | null, base: Pick<FrozenWeights, 'stored'>) => Uint8Array,
): Promise<OpenRunnable> {
  const { architecture, folder } = request.opened;
  const adapter = request.adapter === null ? null : readAdapter(request.adapter, architecture);
  const scratch = mkdtempSync(join(tmpdir(), 'credence-weights-'));
  const removeScratch = (): void => rmSync(scratch, { recursive: true, force: true });
  try {
    const options = { type: request.device.weights, device: backend.name, scratch };
    const base = await openBaseWeights(folder, architecture, options, control);
    const runnable = {
      executable: await backend.compile(build(adapter?.spec ?? null, base), base.folder),
      frequencies: inverseFrequencies(architecture),
      weights: new Map([...base.fed, ...(adapter?.tensors ?? [])]),
    };
    const close = (): Promise<void> => runnable.executable.release().finally(removeScratch);
    return { runnable, close };
  } catch (error) {
    removeScratch();
    throw error;
  }
}

/** The same, ready to answer on 0–100. */
async function openAnswerer(
  request: Pick<AnswerRequest, 'adapter' | 'device'>,
  opened: TransformerFolder,
  backend: Backend,
  control: RunControl,
): Promise<{ readonly answerer: Answerer; readonly close: () => Promise<void> }> {
  const { answerIds, closeId } = answerTokens(opened.tokenizer);
  const trie = buildAnswerTrie(answerIds, closeId);
  const { runnable, close } = await openRunnable({ ...request, opened }, backend, control, (spec, base) =>
    buildAnswerGraph(opened.architecture, trie, spec, base),
  );
  return { answerer: { ...runnable, trie }, close };
}

/** Answers the request's records in their order and hands the answers to `receive`. */
export async function runAnswers(
  request: AnswerRequest,
  backend: Backend,
  control: RunControl & { readonly receive: (answers: ModelAnswer[]) => void },
): Promise<void> {
  const opened = openTransformerFolder(request.transformer);
  const prompts = { tokenizer: opened.tokenizer, maxTokens: opened.architecture.maxPositions };
  const scenarios = request.split
    ? await openSplit(request.records, request.split, prompts)
    : await openScenarios(request.records, prompts);
  const { answerer, close } = await openAnswerer(request, opened, backend, control);
  const { source, sourceId } = request;
  try {
    await answerScenarios(answerer, scenarios, `answer (${sourceId})`, {
      ...control,
      receive: (answers, queries) =>
        control.receive(
          answers.map(({ bins, mean, sd, leakedMass }, i) => {
            const { scenarioId, queryId } = queries[i];
            return { scenarioId, queryId, source, sourceId, mean, sd, bins, leakedMass };
          }),
        ),
    });
  } finally {
    scenarios.close();
    await close();
  }
}

/** Log-probabilities of the answers after each prompt, in the order of the file. */
export async function runLogProbs(
  request: LogProbsRequest,
  backend: Backend,
  control: RunControl & { readonly receive: (lines: AnswerLogProbs[]) => void },
): Promise<void> {
  const prompts = await readJsonLines(request.prompts, promptSchema);
  const opened = openTransformerFolder(request.transformer);
  const { answerer, close } = await openAnswerer(request, opened, backend, control);
  try {
    for (const [i, prompt] of prompts.entries()) {
      if (control.signal?.aborted) throw new CancelledError('logprobs');
      const text = 'prompt' in prompt ? prompt.prompt : '';
      const record = { scenarioId: String(i), queryId: 'value', context: text, question: '' };
      const ids = 'ids' in prompt ? prompt.ids : promptIds(opened.tokenizer, record);
      const scenario = { scenarioId: record.scenarioId, packed: { prefix: [], branches: [ids] }, queries: [record] };
      const [{ logProbs, mean, sd }] = await answerBatch(answerer, [scenario]);
      const largest = Math.max(...logProbs);
      const total = largest + Math.log(logProbs.reduce((sum, value) => sum + Math.exp(value - largest), 0));
      control.receive([{ answers: [...logProbs], total, mean, sd }]);
      control.onProgress?.({ stage: 'logprobs', done: i + 1, total: prompts.length, unit: 'prompts' });
    }
  } finally {
    await close();
  }
}
