/**
 * A graph as the bytes of an ONNX file.
 * **Source:** ONNX IR version 10, onnx.proto (ModelProto, GraphProto, NodeProto, TensorProto, AttributeProto).
 */
import {
  type Attribute,
  type Constant,
  type DataType,
  type Graph,
  type Node,
  type Value,
  writingOrder,
} from './graph.ts';
import { createMessageWriter, type MessageWriter } from './protobuf.ts';

const IR_VERSION = 10;
const OPERATOR_SETS: readonly (readonly [string, number])[] = [
  ['', 21],
  ['com.microsoft', 1],
];
const DATA_TYPE_CODES: Readonly<Record<DataType, number>> = {
  float32: 1,
  int64: 7,
  bool: 9,
  float16: 10,
  bfloat16: 16,
  int4: 22,
};
/** AttributeProto.AttributeType. */
const ATTRIBUTE_CODES: Readonly<Record<Attribute['kind'], number>> = { float: 1, int: 2, string: 3, ints: 7 };

function writeAttribute(writer: MessageWriter, name: string, attribute: Attribute): void {
  writer.text(1, name);
  switch (attribute.kind) {
    case 'float':
      writer.float(2, attribute.value);
      break;
    case 'int':
      writer.integer(3, attribute.value);
      break;
    case 'string':
      writer.text(4, attribute.value);
      break;
    case 'ints':
      for (const value of attribute.value) writer.integer(8, value);
      break;
    default:
      attribute satisfies never;
  }
  writer.integer(20, ATTRIBUTE_CODES[attribute.kind]);
}

function writeNode(writer: MessageWriter, node: Node): void {
  for (const input of node.inputs) writer.text(1, input);
  for (const output of node.outputs) writer.text(2, output);
  writer.text(3, node.outputs[0]);
  writer.text(4, node.operator);
  for (const [name, attribute] of Object.entries(node.attributes))
    writer.message(5, (inner) => writeAttribute(inner, name, attribute));
  if (node.domain) writer.text(7, node.domain);
}

/** TensorProto.DataLocation: the bytes are in another file. */
const EXTERNAL = 1;

function writeConstant(writer: MessageWriter, constant: Constant): void {
  const { value } = constant;
  for (const size of value.shape) writer.integer(1, Number(size));
  writer.integer(2, DATA_TYPE_CODES[value.dataType]);
  writer.text(8, value.name);
  if ('data' in constant) {
    const { data } = constant;
    writer.bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return;
  }
  const { file, offset, length } = constant.place;
  for (const [key, text] of Object.entries({ location: file, offset: String(offset), length: String(length) }))
    writer.message(13, (entry) => {
      entry.text(1, key);
      entry.text(2, text);
    });
  writer.integer(14, EXTERNAL);
}

function writeValue(writer: MessageWriter, value: Value): void {
  writer.text(1, value.name);
  writer.message(2, (type) =>
    type.message(1, (tensor) => {
      tensor.integer(1, DATA_TYPE_CODES[value.dataType]);
      tensor.message(2, (shape) => {
        for (const dimension of value.shape)
          shape.message(1, (inner) =>
            typeof dimension === 'number' ? inner.integer(1, dimension) : inner.text(2, dimension),
          );
      });
    }),
  );
}

/** The ONNX file of `graph`, constants included but for those whose bytes stay in files of their own. */
export function encodeGraph(graph: Graph): Uint8Array {
  const writer = createMessageWriter();
  writer.integer(1, IR_VERSION);
  writer.text(2, 'credence');
  writer.message(7, (body) => {
    for (const node of writingOrder(graph)) body.message(1, (inner) => writeNode(inner, node));
    body.text(2, 'transformer');
    for (const constant of graph.constants) body.message(5, (inner) => writeConstant(inner, constant));
    for (const input of graph.inputs) body.message(11, (inner) => writeValue(inner, input));
    for (const output of graph.outputs) body.message(12, (inner) => writeValue(inner, output));
  });
  for (const [domain, version] of OPERATOR_SETS)
    writer.message(8, (inner) => {
      inner.text(1, domain);
      inner.integer(2, version);
    });
  return writer.finish();
}
