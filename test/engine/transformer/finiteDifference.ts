/** Checks an operator's gradients against central differences of its own forward pass, run by onnxruntime. */
import { createRandom } from '../../../engine/random.ts';
import type { Tensor } from '../../../engine/transformer/backend.ts';
import { differentiate } from '../../../engine/transformer/graph/differentiate.ts';
import { addInput, addOutput, createGraph, type Graph, type Value } from '../../../engine/transformer/graph/graph.ts';
import { encodeGraph } from '../../../engine/transformer/graph/onnx.ts';
import { weightedSum } from '../../../engine/transformer/graph/operators/softmax.ts';
import { createCpuBackend } from '../../../main/processes/ortBackend.ts';

export type OperatorCase = {
  /** Shapes of the differentiable inputs. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** Inputs without gradient. */
  readonly data?: Readonly<Record<string, Tensor>>;
  readonly build: (graph: Graph, inputs: Readonly<Record<string, Value>>) => Value;
  /** Shape of what `build` returns. */
  readonly outputShape: readonly number[];
  readonly spread?: number;
};

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/**
 * Per differentiable input, the largest difference between gradient and central difference, over the largest gradient. The loss is
 * Σ c·output with random c, so every output element counts.
 */
export async function gradientErrors(operator: OperatorCase): Promise<Record<string, number>> {
  const random = createRandom(7);
  const gaussians = (count: number): Float32Array =>
    Float32Array.from({ length: count }, () => (operator.spread ?? 1) * random.gaussian());
  const graph = createGraph();
  const names = Object.keys(operator.shapes);
  const inputs: Record<string, Value> = {};
  const feeds = new Map<string, Tensor>();
  for (const name of names) {
    const shape = operator.shapes[name];
    inputs[name] = addInput(graph, name, { dataType: 'float32', shape, isTrainable: true });
    feeds.set(name, { dataType: 'float32', shape, data: gaussians(size(shape)) });
  }
  for (const [name, tensor] of Object.entries(operator.data ?? {})) {
    inputs[name] = addInput(graph, name, { dataType: tensor.dataType, shape: tensor.shape });
    feeds.set(name, tensor);
  }
  const coefficients = addInput(graph, 'coefficients', { dataType: 'float32', shape: operator.outputShape });
  feeds.set('coefficients', {
    dataType: 'float32',
    shape: operator.outputShape,
    data: Float32Array.from({ length: size(operator.outputShape) }, () => random.gaussian()),
  });
  const output = addOutput(graph, 'output', operator.build(graph, inputs));
  const loss = weightedSum(graph, { ...output, name: graph.nodes.at(-1)?.inputs[0] ?? '' }, coefficients);
  const gradients = differentiate(
    graph,
    loss,
    names.map((name) => inputs[name]),
  );
  for (const [i, gradient] of gradients.entries()) addOutput(graph, `d_${names[i]}`, gradient);

  const executable = await createCpuBackend(1).compile(encodeGraph(graph));
  const weights = feeds.get('coefficients')?.data as Float32Array;
  const lossNow = async (): Promise<number> => {
    const result = await executable.run(feeds, new Map([['output', null]]));
    const values = result.get('output')?.data as Float32Array;
    return values.reduce((sum, value, i) => sum + value * weights[i], 0);
  };
  const analytic = await executable.run(feeds, new Map(names.map((name) => [`d_${name}`, null])));
  const errors: Record<string, number> = {};
  for (const name of names) {
    const data = feeds.get(name)?.data as Float32Array;
    const gradient = analytic.get(`d_${name}`)?.data as Float32Array;
    const largest = gradient.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    let worst = 0;
    for (let i = 0; i < data.length; i++) {
      const kept = data[i];
      const step = 2 ** -7;
      data[i] = kept + step;
      const above = await lossNow();
      data[i] = kept - step;
      const below = await lossNow();
      data[i] = kept;
      worst = Math.max(worst, Math.abs((above - below) / (2 * step) - gradient[i]));
    }
    errors[name] = worst / largest;
  }
  await executable.release();
  return errors;
}
