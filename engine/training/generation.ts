/**
 * Free generation, token by token and always the likeliest: a check that a fine-tuned transformer, left alone, writes `<`, a number and `>`, which
 * reading its answers' probabilities after a given `<` does not show.
 */
import { InternalError } from '../../shared/errors.ts';
import type { Architecture } from '../transformer/architecture.ts';
import type { Executable, Tensor } from '../transformer/backend.ts';
import { addNode, addOutput, createGraph } from '../transformer/graph/graph.ts';
import { encodeGraph } from '../transformer/graph/onnx.ts';
import { gemm } from '../transformer/graph/operators/gemm.ts';
import { rotaryFeeds } from '../transformer/rope.ts';
import { chainTree, packTrees } from '../transformer/tokenTree.ts';
import { declareAdapted, type GraphOptions } from './answerGraph.ts';
import type { AdapterSpec } from './lora.ts';

/** The graph whose output `next` [1] is the likeliest token after the read position. */
export function buildNextTokenGraph(
  architecture: Architecture,
  spec: AdapterSpec | null,
  options: Pick<GraphOptions, 'stored'> = {},
): Uint8Array {
  const graph = createGraph();
  const use = spec && { spec, isTrainable: false, hasDropout: false };
  const { states, head } = declareAdapted(graph, architecture, use, options);
  const next = addNode(graph, {
    operator: 'ArgMax',
    inputs: [gemm(graph, states, head, { transB: true })],
    attributes: { axis: { kind: 'int', value: 1 }, keepdims: { kind: 'int', value: 0 } },
    dataType: 'int64',
    shape: ['BA'],
  });
  addOutput(graph, 'next', next);
  return encodeGraph(graph);
}

/** What generation runs. Generation ends at one of `endIds`. */
export type Generator = {
  readonly executable: Executable;
  readonly weights: ReadonlyMap<string, Tensor>;
  readonly frequencies: Float64Array;
  readonly endIds: readonly number[];
};

/** The likeliest continuation of `ids`, at most `limit` tokens. */
export async function continueGreedily(generator: Generator, ids: readonly number[], limit: number): Promise<number[]> {
  const written: number[] = [];
  while (written.length < limit) {
    const { feeds, tableLength } = packTrees([chainTree([...ids, ...written])], true);
    const outputs = await generator.executable.run(
      new Map([...generator.weights, ...feeds, ...rotaryFeeds(generator.frequencies, tableLength)]),
      new Map([['next', null]]),
    );
    const next = outputs.get('next')?.data[0];
    if (next === undefined) throw new InternalError('no next token');
    if (generator.endIds.includes(Number(next))) break;
    written.push(Number(next));
  }
  return written;
}

/** Whether `text` begins with a whole answer: a number 0–100 and its closing bracket. With `opens` the opening one too. */
export function closesBracket(text: string, opens: boolean): boolean {
  const found = (opens ? /^\s*<(\d{1,3})>/ : /^(\d{1,3})>/).exec(text);
  return found !== null && Number(found[1]) <= 100;
}
