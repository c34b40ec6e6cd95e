/** The backend of the transformer engine on onnxruntime. `run` blocks its thread, so this lives in the training process only. */
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { Backend, Executable, Tensor } from '../../engine/transformer/backend.ts';
import { addInput, addNode, addOutput, createGraph } from '../../engine/transformer/graph/graph.ts';
import { encodeGraph } from '../../engine/transformer/graph/onnx.ts';
import { InternalError, UserError } from '../../shared/errors.ts';

/**
 * Without the first two, onnxruntime merges a layer's recomputed activations with the first ones and activation checkpointing saves nothing.
 * The third would widen weights in files once and for all, and hold them wide.
 */
const DISABLED_OPTIMIZERS = ['EliminateCommonSubexpression', 'CommonSubexpressionElimination', 'ConstantFolding'];

function toOrt({ dataType, data, shape }: Tensor): OrtTensor {
  if (data instanceof Float32Array) return new OrtTensor('float32', data, shape);
  if (data instanceof BigInt64Array) return new OrtTensor('int64', data, shape);
  if (data instanceof Uint16Array && dataType === 'float16') return new OrtTensor('float16', data, shape);
  if (data instanceof Uint8Array && dataType === 'bool') return new OrtTensor('bool', data, shape);
  throw new InternalError(`onnxruntime takes no ${dataType} tensor`);
}

function fromOrt(name: string, tensor: OrtTensor): Tensor {
  if (tensor.data instanceof Float32Array) return { dataType: 'float32', shape: tensor.dims, data: tensor.data };
  if (tensor.data instanceof BigInt64Array) return { dataType: 'int64', shape: tensor.dims, data: tensor.data };
  throw new InternalError(`output "${name}" is of type ${tensor.type}`);
}

/** What went wrong in words a user can act on, where it is the device's want of memory or its loss. */
function explainDeviceError(error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  if (/bad_alloc|failed to allocate|allocation failed|out of memory|not enough memory/i.test(message))
    return new UserError('the device has not enough memory', {
      hint: 'Use a smaller batch, --checkpointing, --weights float16 or int4, or a smaller transformer; train --plan tells what each needs.',
      cause: error,
    });
  if (/device (was |is )?lost|DXGI_ERROR_DEVICE_REMOVED|cudaErrorDevices?Unavailable/i.test(message))
    return new UserError('the graphics device was lost', {
      hint: 'Was the driver restarted, or the computer asleep? Run it again; training goes on with --resume.',
      cause: error,
    });
  return error;
}

const explained = async <T>(action: () => Promise<T>): Promise<T> => {
  try {
    return await action();
  } catch (error) {
    throw explainDeviceError(error);
  }
};

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
      const outputs = await explained(() => session.run(inputs, wanted));
      return new Map(Object.entries(outputs).map(([name, tensor]) => [name, fromOrt(name, tensor as OrtTensor)]));
    },
    release: () => session.release(),
  };
}

type Provider = Backend['name'];

/** Weights in files are used where they lie: without prepacking no second copy of them is made. */
const filesIn = (folder: string): Record<string, string> => ({
  'session.model_external_initializers_file_folder_path': folder,
  'session.disable_prepacking': '1',
});

const createBackend = (provider: Provider, threads: number): Backend => ({
  name: provider,
  threads,
  compile: async (file, folder) =>
    explained(async () =>
      createExecutable(
        await InferenceSession.create(file, {
          executionProviders: [provider],
          intraOpNumThreads: threads,
          interOpNumThreads: 1,
          executionMode: 'sequential',
          graphOptimizationLevel: 'all',
          logSeverityLevel: 3,
          extra: {
            'optimization.disable_specified_optimizers': DISABLED_OPTIMIZERS.join(';'),
            ...(folder ? filesIn(folder) : {}),
          },
        }),
      ),
    ),
});

/** The CPU backend: same graph, feeds and `threads` give the same bits. */
export const createCpuBackend = (threads: number): Backend => createBackend('cpu', threads);

/** A graph of one node: whether a provider starts at all is known by running it. */
function probeGraph(): Uint8Array {
  const graph = createGraph();
  const x = addInput(graph, 'x', { dataType: 'float32', shape: [1] });
  addOutput(graph, 'y', addNode(graph, { operator: 'Neg', inputs: [x], shape: [1] }));
  return encodeGraph(graph);
}

const HINTS: Readonly<Record<Provider, string>> = {
  cpu: 'Is onnxruntime-node installed for this platform?',
  webgpu: 'A graphics card with a current driver is needed; use --backend cpu otherwise.',
  cuda: "onnxruntime's CUDA provider is installed with: npm run setup:cuda",
};

/** onnxruntime's first line without the place in its sources and the condition that failed. */
const plainReason = (message: string): string => message.split('\n')[0].replace(/^\S+:\d+ .* was false\. /, '');

/** Why `provider` cannot be used here, or null when it can. */
export async function objectionTo(provider: Provider): Promise<string | null> {
  const x = { dataType: 'float32' as const, shape: [1], data: Float32Array.of(1) };
  try {
    const probe = await createBackend(provider, 1).compile(probeGraph());
    await probe.run(new Map([['x', x]]), new Map([['y', null]]));
    await probe.release();
    return null;
  } catch (error) {
    return error instanceof Error ? plainReason(error.message) : String(error);
  }
}

/** The backend asked for. Throws UserError saying why where it is not available; nothing else is used in its place. */
export async function openBackend(provider: Provider, threads: number): Promise<Backend> {
  if (provider === 'cpu') return createCpuBackend(threads);
  const objection = await objectionTo(provider);
  if (objection !== null)
    throw new UserError(`backend ${provider} is not available: ${objection}`, { hint: HINTS[provider] });
  return createBackend(provider, threads);
}
