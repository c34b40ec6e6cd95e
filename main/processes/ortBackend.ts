/** The backend of the transformer engine on onnxruntime. `run` blocks its thread, so this lives in the training process only. */
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { Backend, Executable, Tensor } from '../../engine/transformer/backend.ts';
import { InternalError } from '../../shared/errors.ts';

// Without these two, onnxruntime merges a layer's recomputed activations with the first ones and activation checkpointing saves nothing.
const DISABLED_OPTIMIZERS = 'EliminateCommonSubexpression;CommonSubexpressionElimination';

function toOrt({ dataType, data, shape }: Tensor): OrtTensor {
  if (data instanceof Float32Array) return new OrtTensor('float32', data, shape);
  if (data instanceof BigInt64Array) return new OrtTensor('int64', data, shape);
  if (data instanceof Uint16Array && dataType === 'float16') return new OrtTensor('float16', data, shape);
  if (data instanceof Uint8Array && dataType === 'bool') return new OrtTensor('bool', data, shape);
  throw new InternalError(`onnxruntime takes no ${dataType} tensor`);
}

function fromOrt(name: string, tensor: OrtTensor): Tensor {
  if (tensor.data instanceof Float32Array) return { dataType: 'float32', shape: tensor.dims, data: tensor.data };
  throw new InternalError(`output "${name}" is of type ${tensor.type}`);
}

/** Output shapes are fixed when their length is known, which lets onnxruntime write into memory of ours. */
function createExecutable(session: InferenceSession): Executable {
  const outputShapes = new Map(
    session.outputMetadata.map((output) => [output.name, output.isTensor ? output.shape : []]),
  );
  return {
    run: async (feeds, fetches) => {
      const inputs: Record<string, OrtTensor> = {};
      for (const [name, tensor] of feeds) inputs[name] = toOrt(tensor);
      const wanted: Record<string, OrtTensor | null> = {};
      for (const [name, target] of fetches) {
        const shape = outputShapes.get(name)?.map(Number);
        wanted[name] = target && shape ? new OrtTensor('float32', target, shape) : null;
      }
      const outputs = await session.run(inputs, wanted);
      return new Map(Object.entries(outputs).map(([name, tensor]) => [name, fromOrt(name, tensor as OrtTensor)]));
    },
    release: () => session.release(),
  };
}

/** The CPU backend: same graph, feeds and `threads` give the same bits. */
export const createCpuBackend = (threads: number): Backend => ({
  name: 'cpu',
  threads,
  compile: async (file) =>
    createExecutable(
      await InferenceSession.create(file, {
        executionProviders: ['cpu'],
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        executionMode: 'sequential',
        graphOptimizationLevel: 'all',
        logSeverityLevel: 3,
        extra: { 'optimization.disable_specified_optimizers': DISABLED_OPTIMIZERS },
      }),
    ),
});
