/**
 * The GGUF container, version 3 (github.com/ggml-org/ggml, docs/gguf.md): a header, key-value pairs, descriptions of
 * tensors, and their data, each tensor aligned to 32 bytes. Everything is little-endian.
 */
export type GgufValue =
  | { type: "uint32" | "float32"; value: number }
  | { type: "bool"; value: boolean }
  | { type: "string"; value: string }
  | { type: "strings"; values: readonly string[] }
  | { type: "int32s"; values: readonly number[] };

export interface GgufTensor {
  name: string;
  /** As in the rows-first shapes of everyone else; the file has them backwards. */
  shape: readonly number[];
  data: Float32Array | Uint16Array;
}

const alignment = 32;
const typeNumber = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 };
/** ggml's numbers for the element types of tensors. */
const tensorType = { single: 0, half: 1 };

/** @param tensors `Uint16Array` holds half-precision bits */
export function ggufBytes(
  metadata: Readonly<Record<string, GgufValue>>,
  tensors: readonly GgufTensor[],
): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  const bytes = (part: Uint8Array) => {
    parts.push(part);
    length += part.length;
  };
  const number = (size: number, write: (view: DataView) => void) => {
    const view = new DataView(new ArrayBuffer(size));
    write(view);
    bytes(new Uint8Array(view.buffer));
  };
  const uint32 = (value: number) => number(4, (view) => view.setUint32(0, value, true));
  const int32 = (value: number) => number(4, (view) => view.setInt32(0, value, true));
  const uint64 = (value: number) => number(8, (view) => view.setBigUint64(0, BigInt(value), true));
  const float32 = (value: number) => number(4, (view) => view.setFloat32(0, value, true));
  const string = (value: string) => {
    const encoded = new TextEncoder().encode(value);
    uint64(encoded.length);
    bytes(encoded);
  };
  const pad = () => bytes(new Uint8Array((alignment - (length % alignment)) % alignment));
  const array = <Item>(type: number, items: readonly Item[], write: (item: Item) => void) => {
    uint32(typeNumber.array);
    uint32(type);
    uint64(items.length);
    for (const item of items) write(item);
  };
  const writeValue = (entry: GgufValue) => {
    switch (entry.type) {
      case "strings":
        return array(typeNumber.string, entry.values, string);
      case "int32s":
        return array(typeNumber.int32, entry.values, int32);
      case "string":
        uint32(typeNumber.string);
        return string(entry.value);
      case "bool":
        uint32(typeNumber.bool);
        return bytes(Uint8Array.of(entry.value ? 1 : 0));
      case "uint32":
        uint32(typeNumber.uint32);
        return uint32(entry.value);
      case "float32":
        uint32(typeNumber.float32);
        return float32(entry.value);
    }
  };

  bytes(new TextEncoder().encode("GGUF"));
  uint32(3);
  uint64(tensors.length);
  uint64(Object.keys(metadata).length);
  for (const [key, value] of Object.entries(metadata)) {
    string(key);
    writeValue(value);
  }
  let offset = 0;
  for (const { name, shape, data } of tensors) {
    string(name);
    uint32(shape.length);
    for (const size of [...shape].reverse()) uint64(size);
    uint32(data instanceof Uint16Array ? tensorType.half : tensorType.single);
    uint64(offset);
    offset += Math.ceil(data.byteLength / alignment) * alignment;
  }
  pad();
  for (const { data } of tensors) {
    bytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    pad();
  }

  const file = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}
