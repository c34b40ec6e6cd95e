/** What runs graphs: a narrow interface that the training process implements with onnxruntime, and tests do too. */
import type { DataType } from './graph/graph.ts';

export type TensorData = Float32Array | BigInt64Array | Uint8Array | Uint16Array;

/** A tensor in main memory. `bool` uses one byte per element; float16 and bfloat16 are raw bits in a Uint16Array. */
export type Tensor = { readonly dataType: DataType; readonly shape: readonly number[]; readonly data: TensorData };

/** A graph ready to run. */
export type Executable = {
  /**
   * Runs the graph on `feeds` (by input name) and returns the outputs named in `fetches`. Where `fetches` gives a Float32Array of the
   * right length, the output is written there; where it gives null, a new one is made.
   */
  readonly run: (
    feeds: ReadonlyMap<string, Tensor>,
    fetches: ReadonlyMap<string, Float32Array | null>,
  ) => Promise<ReadonlyMap<string, Tensor>>;
  readonly release: () => Promise<void>;
};

/** A device that runs graphs. Same graph, feeds, device and thread count give the same bits on `cpu`. */
export type Backend = {
  readonly name: 'cpu' | 'webgpu' | 'cuda';
  readonly threads: number;
  /** `folder` is where the constants lie that the graph leaves in files; it must stay as it is while the graph is used. */
  readonly compile: (file: Uint8Array, folder?: string | null) => Promise<Executable>;
};
