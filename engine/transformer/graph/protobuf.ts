/**
 * A writer of protocol buffers' wire format: just the field kinds ONNX files use.
 * **Source:** Protocol Buffers, "Encoding": https://protobuf.dev/programming-guides/encoding/
 */

/** Collects one message. Field numbers are the schema's. Fields are written in call order. */
export type MessageWriter = {
  /** A whole number as a varint; negatives take ten bytes, as the format asks of int32 and int64. */
  readonly integer: (field: number, value: number) => void;
  readonly float: (field: number, value: number) => void;
  readonly text: (field: number, value: string) => void;
  readonly bytes: (field: number, value: Uint8Array) => void;
  readonly message: (field: number, write: (writer: MessageWriter) => void) => void;
  readonly finish: () => Uint8Array;
};

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

const encoder = new TextEncoder();

/** An empty message. */
export function createMessageWriter(): MessageWriter {
  let buffer = new Uint8Array(256);
  let length = 0;

  const reserve = (count: number): void => {
    if (length + count <= buffer.length) return;
    const larger = new Uint8Array(Math.max(2 * buffer.length, length + count));
    larger.set(buffer.subarray(0, length));
    buffer = larger;
  };
  const varint = (value: number): void => {
    reserve(10);
    let rest = BigInt.asUintN(64, BigInt(value));
    while (rest > 0x7fn) {
      buffer[length++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    buffer[length++] = Number(rest);
  };
  const tag = (field: number, wireType: number): void => varint(field * 8 + wireType);

  const integer = (field: number, value: number): void => {
    tag(field, VARINT);
    varint(value);
  };
  const float = (field: number, value: number): void => {
    tag(field, FIXED_32);
    reserve(4);
    new DataView(buffer.buffer).setFloat32(length, value, true);
    length += 4;
  };
  const bytes = (field: number, value: Uint8Array): void => {
    tag(field, LENGTH_DELIMITED);
    varint(value.length);
    reserve(value.length);
    buffer.set(value, length);
    length += value.length;
  };
  const text = (field: number, value: string): void => bytes(field, encoder.encode(value));
  const message = (field: number, write: (writer: MessageWriter) => void): void => {
    const inner = createMessageWriter();
    write(inner);
    bytes(field, inner.finish());
  };
  return { integer, float, text, bytes, message, finish: () => buffer.slice(0, length) };
}
