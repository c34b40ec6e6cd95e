/** The protocol-buffer writer against the encoding's own examples, and symbolic shapes at run time. */
import { expect, test } from 'vitest';
import { addInput, addOutput, createGraph } from '../../../engine/transformer/graph/graph.ts';
import { encodeGraph } from '../../../engine/transformer/graph/onnx.ts';
import { reshape } from '../../../engine/transformer/graph/operators/shape.ts';
import { createMessageWriter } from '../../../engine/transformer/graph/protobuf.ts';
import { createCpuBackend } from '../../../main/processes/ortBackend.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test('fields are written as the encoding guide shows them', () => {
  const writer = createMessageWriter();
  writer.integer(1, 150);
  writer.text(2, 'testing');
  writer.message(3, (inner) => inner.integer(1, 150));
  expect(hex(writer.finish())).toBe('089601' + '120774657374696e67' + '1a03089601');
});

test('negative numbers take ten bytes, floats four', () => {
  const writer = createMessageWriter();
  writer.integer(1, -2);
  writer.float(2, 1);
  expect(hex(writer.finish())).toBe('08feffffffffffffffff01' + '150000803f');
});

test('sizes known only at run time are read off the inputs', async () => {
  const graph = createGraph();
  const x = addInput(graph, 'x', { dataType: 'float32', shape: ['B', 'T', 6] });
  addOutput(graph, 'y', reshape(graph, reshape(graph, x, ['N', 6]), ['B', 'T', 2, 3]));
  const executable = await createCpuBackend(1).compile(encodeGraph(graph));
  for (const [B, T] of [
    [1, 2],
    [3, 1],
  ]) {
    const data = Float32Array.from({ length: B * T * 6 }, (_, i) => i);
    const outputs = await executable.run(
      new Map([['x', { dataType: 'float32', shape: [B, T, 6], data }]]),
      new Map([['y', null]]),
    );
    expect(outputs.get('y')).toEqual({ dataType: 'float32', shape: [B, T, 2, 3], data });
  }
  await executable.release();
});
