/**
 * A typed ONNX graph under construction, with a tape for reverse-mode differentiation: operators append nodes and, where a gradient is
 * wanted, an entry that says how the gradient of their output becomes gradients of their inputs.
 * **Source:** A. Griewank, A. Walther, Evaluating Derivatives (2008), §3.2 (reverse mode); ONNX IR specification.
 */
import { InternalError } from '../../../shared/errors.ts';

export type DataType = 'float32' | 'float16' | 'bfloat16' | 'int4' | 'int64' | 'bool';

/** A size known when the graph is built, or the name of one known when it runs. */
export type Dimension = number | string;

/** One tensor in the graph. Names are unique in the graph. */
export type Value = { readonly name: string; readonly dataType: DataType; readonly shape: readonly Dimension[] };

export type Attribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'string'; readonly value: string };

export type Node = {
  readonly operator: string;
  /** Operator set: '' for ONNX, 'com.microsoft' for onnxruntime's own. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
};

/** Bytes of a file beside the graph: `file` is its name in the folder that the graph is compiled with. */
export type FilePlace = { readonly file: string; readonly offset: number; readonly length: number };

/** A tensor that comes with the graph, or that the runtime reads (or maps) from where it lies. */
export type Constant = { readonly value: Value } & (
  | { readonly data: Float32Array | BigInt64Array | Uint8Array }
  | { readonly place: FilePlace }
);

/**
 * Receives gradients: `contribute` builds d loss / d `value` from one use of it. Where an earlier use has already contributed, that sum
 * is passed as `previous` and must be contained in what is returned, which lets a product add onto it without another pass.
 */
export type GradientSink = {
  readonly isWanted: (value: Value) => boolean;
  readonly add: (value: Value, contribute: (previous: Value | undefined) => Value) => void;
  /** Goes back through `tape`, a piece that was recorded apart, from d loss / d `output`. */
  readonly goBack: (tape: readonly TapeEntry[], output: Value, dOutput: Value) => void;
};

export type TapeEntry = {
  readonly output: Value;
  readonly backward: (dOutput: Value, sink: GradientSink) => void;
};

export type Graph = {
  readonly inputs: Value[];
  readonly outputs: Value[];
  readonly nodes: Node[];
  /**
   * Names of what is computed at the right time only if its node is written first (reads constants alone: run just before its use) or last
   * (gradients of parameters: run as soon as they can be, see `writingOrder`).
   */
  readonly leading: Set<string>;
  readonly trailing: Set<string>;
  readonly constants: Constant[];
  readonly tape: TapeEntry[];
  /** Names of the values that depend on something trainable. */
  readonly differentiable: Set<string>;
  /** Size of each named dimension as an int64 [1] value, made when first asked for. */
  readonly sizes: Map<string, Value>;
  /** Constants already made, by their content. */
  readonly known: Map<string, Value>;
  /** Of int4 weights by name: the scale [out, in / block] of each block of a row. */
  readonly blockScales: Map<string, Value>;
};

/** An empty graph. */
export const createGraph = (): Graph => ({
  inputs: [],
  outputs: [],
  nodes: [],
  leading: new Set(),
  trailing: new Set(),
  constants: [],
  tape: [],
  differentiable: new Set(),
  sizes: new Map(),
  known: new Map(),
  blockScales: new Map(),
});

/** A graph input. `isTrainable` inputs and all that depends on them get gradients. */
export function addInput(
  graph: Graph,
  name: string,
  declaration: { dataType: DataType; shape: readonly Dimension[]; isTrainable?: boolean },
): Value {
  if (graph.inputs.some((input) => input.name === name))
    throw new InternalError(`graph input "${name}" declared twice`);
  const value: Value = { name, dataType: declaration.dataType, shape: declaration.shape };
  graph.inputs.push(value);
  if (declaration.isTrainable) graph.differentiable.add(name);
  return value;
}

/** Declares `value` an output under `name`. */
export function addOutput(graph: Graph, name: string, value: Value): Value {
  const output: Value = { ...value, name };
  graph.nodes.push({ operator: 'Identity', domain: '', inputs: [value.name], outputs: [name], attributes: {} });
  graph.outputs.push(output);
  return output;
}

/** What a new node is: operator, inputs (undefined for an absent optional one), and the type and shape of its output. */
export type NodeDeclaration = {
  readonly operator: string;
  readonly domain?: string;
  readonly inputs: readonly (Value | undefined)[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly shape: readonly Dimension[];
  readonly dataType?: DataType;
};

/** Appends a node with one output; its shape is the caller's claim, checked by the runtime when it loads the graph. */
export function addNode(graph: Graph, node: NodeDeclaration): Value {
  const output: Value = {
    name: `${node.operator}_${graph.nodes.length}`,
    dataType: node.dataType ?? node.inputs[0]?.dataType ?? 'float32',
    shape: node.shape,
  };
  graph.nodes.push({
    operator: node.operator,
    domain: node.domain ?? '',
    inputs: node.inputs.map((input) => input?.name ?? ''),
    outputs: [output.name],
    attributes: node.attributes ?? {},
  });
  return output;
}

/**
 * The nodes in the order they are written in. onnxruntime walks back from the ends, those written last first, and from each node to the inputs
 * written last first. So a parameter's gradient is computed with its layer, not at the very end with all it needs kept until then, if those of
 * the layers that come first in the backward pass are written last; and a widened weight just before its product if it is written first.
 */
export function writingOrder({ nodes, leading, trailing, outputs }: Graph): Node[] {
  const outputNames = new Set(outputs.map(({ name }) => name));
  const rank = ({ outputs: [name] }: Node): number => {
    if (leading.has(name)) return 0;
    return outputNames.has(name) ? 3 : trailing.has(name) && !inner.has(name) ? 2 : 1;
  };
  // A gradient that something else than an output reads cannot come last.
  const inner = new Set(nodes.filter((node) => !outputNames.has(node.outputs[0])).flatMap((node) => node.inputs));
  const ranked = (wanted: number): Node[] => nodes.filter((node) => rank(node) === wanted);
  return [...ranked(0), ...ranked(1), ...ranked(2).reverse(), ...ranked(3)];
}

/** Puts `backward` on the tape when `output` depends on something trainable through `inputs`. */
export function recordBackward(graph: Graph, inputs: readonly (Value | undefined)[], entry: TapeEntry): void {
  if (!inputs.some((input) => input && graph.differentiable.has(input.name))) return;
  graph.differentiable.add(entry.output.name);
  graph.tape.push(entry);
}

function addConstant(
  graph: Graph,
  data: Float32Array | BigInt64Array | Uint8Array,
  shape: readonly number[],
  dataType: DataType,
): Value {
  const value: Value = { name: `constant_${graph.constants.length}`, dataType, shape };
  graph.constants.push({ value, data });
  return value;
}

/** A constant whose bytes stay in a file. */
export function addStoredConstant(graph: Graph, value: Value, place: FilePlace): Value {
  graph.constants.push({ value, place });
  return value;
}

/** A constant float32 tensor. */
export const floats = (graph: Graph, data: Float32Array, shape: readonly number[]): Value =>
  addConstant(graph, data, shape, 'float32');

/** A float32 scalar; equal ones are one constant. */
export function scalar(graph: Graph, value: number): Value {
  const key = `float:${value}`;
  const known = graph.known.get(key) ?? floats(graph, Float32Array.of(value), []);
  graph.known.set(key, known);
  return known;
}

/** An int64 vector; equal ones are one constant. */
export function integers(graph: Graph, values: readonly number[]): Value {
  const key = `ints:${values}`;
  const known =
    graph.known.get(key) ?? addConstant(graph, BigInt64Array.from(values, BigInt), [values.length], 'int64');
  graph.known.set(key, known);
  return known;
}

/** Size of a named dimension as an int64 [1] value, read off the first input that has it. */
export function sizeOf(graph: Graph, dimension: string): Value {
  const known = graph.sizes.get(dimension);
  if (known) return known;
  const source = graph.inputs.find((input) => input.shape.includes(dimension));
  if (!source) throw new InternalError(`no graph input has the dimension "${dimension}"`);
  const axis = source.shape.indexOf(dimension);
  const size = addNode(graph, {
    operator: 'Shape',
    inputs: [source],
    attributes: { start: { kind: 'int', value: axis }, end: { kind: 'int', value: axis + 1 } },
    dataType: 'int64',
    shape: [1],
  });
  graph.sizes.set(dimension, size);
  return size;
}
