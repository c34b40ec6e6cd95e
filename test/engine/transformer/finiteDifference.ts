/** An operator alone with random inputs: its gradients against central differences of its own forward pass, or on two devices. */
import { createRandom } from '../../../engine/random.ts';
import type { Backend, Tensor } from '../../../engine/transformer/backend.ts';
import { differentiate } from '../../../engine/transformer/graph/differentiate.ts';
import { addInput, addOutput, createGraph, type Graph, type Value } from '../../../engine/transformer/graph/graph.ts';
import { encodeGraph } from '../../../engine/transformer/graph/onnx.ts';
import { weightedSum } from '../../../engine/transformer/graph/operators/softmax.ts';

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

type OperatorGraph = {
  readonly file: Uint8Array;
  readonly feeds: Map<string, Tensor>;
  readonly names: readonly string[];
};

/** The operator, its gradients `d_<input>` and the inputs it is fed. The loss is Σ c·output with random c, so every output element counts. */
function operatorGraph(operator: OperatorCase): OperatorGraph {
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
  return { file: encodeGraph(graph), feeds, names };
}

const largestOf = (values: Float32Array): number => values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);

/** Output and gradients of the operator on a device, by name. */
export async function operatorValues(operator: OperatorCase, backend: Backend): Promise<Map<string, Float32Array>> {
  const { file, feeds, names } = operatorGraph(operator);
  const executable = await backend.compile(file);
  const wanted = new Map(['output', ...names.map((name) => `d_${name}`)].map((name) => [name, null]));
  const outputs = await executable.run(feeds, wanted);
  await executable.release();
  return new Map([...outputs].map(([name, { data }]) => [name, data as Float32Array]));
}

/** Per differentiable input, the largest difference between gradient and central difference, over the largest gradient. */
export async function gradientErrors(operator: OperatorCase, backend: Backend): Promise<Record<string, number>> {
  const { file, feeds, names } = operatorGraph(operator);
  const executable = await backend.compile(file);
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
    const largest = largestOf(gradient);
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
