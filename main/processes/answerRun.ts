/** Answers records with a transformer, with or without an adapter, portion by portion. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAdapterConfig } from '../../engine/training/adapterConfig.ts';
import { buildAnswerGraph } from '../../engine/training/answerGraph.ts';
import { type Answerer, answerBatch } from '../../engine/training/answerQueries.ts';
import { type AdapterSpec, adapterLayout } from '../../engine/training/lora.ts';
import {
  type PreparedScenario,
  type PromptRecord,
  prepareScenarios,
  promptIds,
} from '../../engine/training/prepareScenarios.ts';
import { type AnswerTrie, buildAnswerTrie } from '../../engine/transformer/answerTrie.ts';
import type { Architecture } from '../../engine/transformer/architecture.ts';
import type { Backend, Tensor } from '../../engine/transformer/backend.ts';
import { inverseFrequencies } from '../../engine/transformer/rope.ts';
import { answerTokens, type Tokenizer } from '../../engine/transformer/tokenizer.ts';
import { CancelledError, UserError } from '../../shared/errors.ts';
import type { ModelAnswer } from '../../shared/modelAnswer.ts';
import type { RunControl } from '../../shared/progress.ts';
import { datasetRecordSchema } from '../../shared/training.ts';
import { openBaseWeights } from './baseWeights.ts';
import { readJsonLines, readSplit } from './datasetFiles.ts';
import { type AnswerLogProbs, type AnswerRequest, type LogProbsRequest, promptSchema } from './trainingMessages.ts';
import { openTransformerFolder, readJsonFile, readTensorFile } from './transformerFolder.ts';

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
  scenarios: readonly PreparedScenario<Q>[],
  stage: string,
  control: RunControl & { readonly receive: (answers: Awaited<ReturnType<typeof answerBatch>>, queries: Q[]) => void },
): Promise<void> {
  for (let i = 0; i < scenarios.length; i += SCENARIOS_PER_PASS) {
    if (control.signal?.aborted) throw new CancelledError(stage);
    const pass = scenarios.slice(i, i + SCENARIOS_PER_PASS);
    control.receive(
      await answerBatch(answerer, pass),
      pass.flatMap(({ queries }) => queries),
    );
    control.onProgress?.({ stage, done: i + pass.length, total: scenarios.length, unit: 'scenarios' });
  }
}

/** A compiled transformer with its adapter, ready to answer, and what its prompts need. */
type OpenAnswerer = {
  readonly answerer: Answerer;
  readonly tokenizer: Tokenizer;
  readonly architecture: Architecture;
  readonly close: () => Promise<void>;
};

/** How what is read becomes a trie: the 101 answers, unless texts of another alphabet are given. */
const answersTrie = (tokenizer: Tokenizer): AnswerTrie => {
  const { answerIds, closeId } = answerTokens(tokenizer);
  return buildAnswerTrie(answerIds, closeId);
};

/** Opens the transformer to read the texts of `trieOf`. `close` must be called. */
export async function openAnswerer(
  request: Pick<AnswerRequest, 'transformer' | 'adapter' | 'device'>,
  backend: Backend,
  control: RunControl,
  trieOf: (tokenizer: Tokenizer) => AnswerTrie = answersTrie,
): Promise<OpenAnswerer> {
  const { architecture, tokenizer } = openTransformerFolder(request.transformer);
  const adapter = request.adapter === null ? null : readAdapter(request.adapter, architecture);
  const trie = trieOf(tokenizer);
  const scratch = mkdtempSync(join(tmpdir(), 'credence-weights-'));
  const removeScratch = (): void => rmSync(scratch, { recursive: true, force: true });
  try {
    const options = { type: request.device.weights, device: backend.name, scratch };
    const base = await openBaseWeights(request.transformer, architecture, options, control);
    const graph = buildAnswerGraph(architecture, trie, adapter?.spec ?? null, base);
    const answerer: Answerer = {
      executable: await backend.compile(graph, base.folder),
      trie,
      frequencies: inverseFrequencies(architecture),
      weights: new Map([...base.fed, ...(adapter?.tensors ?? [])]),
    };
    const close = (): Promise<void> => answerer.executable.release().finally(removeScratch);
    return { answerer, tokenizer, architecture, close };
  } catch (error) {
    removeScratch();
    throw error;
  }
}

/** Answers the request's records in their order and hands the answers to `receive`. */
export async function runAnswers(
  request: AnswerRequest,
  backend: Backend,
  control: RunControl & { readonly receive: (answers: ModelAnswer[]) => void },
): Promise<void> {
  const records = request.split
    ? await readSplit(request.records, request.split)
    : await readJsonLines(request.records, datasetRecordSchema);
  const { answerer, tokenizer, architecture, close } = await openAnswerer(request, backend, control);
  const { source, sourceId } = request;
  try {
    const scenarios = prepareScenarios(records, tokenizer, architecture.maxPositions);
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
  const { answerer, tokenizer, close } = await openAnswerer(request, backend, control);
  try {
    for (const [i, prompt] of prompts.entries()) {
      if (control.signal?.aborted) throw new CancelledError('logprobs');
      const text = 'prompt' in prompt ? prompt.prompt : '';
      const record = { scenarioId: String(i), queryId: 'value', context: text, question: '' };
      const ids = 'ids' in prompt ? prompt.ids : promptIds(tokenizer, record);
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
