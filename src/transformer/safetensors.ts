import { usageError } from "../errors.ts";

/** A tensor in row-major order. */
export interface Tensor {
  shape: number[];
  data: Float32Array;
}

/** By name, in the file's order. */
export type Tensors = Map<string, Tensor>;

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

/**
 * Reads a safetensors file (an 8-byte length, a JSON header, the data) of F16 or F32 tensors.
 * @param source where the bytes came from, for the message
 * @throws CotError `usage` where the file is damaged or holds another type
 */
export function readSafetensors(bytes: Uint8Array, source: string): Tensors {
  const { header, dataStart } = readHeader(bytes, source);
  const tensors: Tensors = new Map();
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const [start, end] = entry.data_offsets;
    const size = entry.shape.reduce((product, length) => product * length, 1);
    const width = { F16: 2, F32: 4 }[entry.dtype];
    if (width === undefined)
      throw usageError(`${source}: ${name} has type ${entry.dtype}; F16 and F32 can be read`);
    if (end - start !== size * width || dataStart + end > bytes.length)
      throw usageError(`${source}: ${name} is cut off or has the wrong size`);
    // copied, as an offset in the file need not be a multiple of the element's size; not by `slice`, which on a Buffer copies nothing
    const raw = new Uint8Array(bytes.subarray(dataStart + start, dataStart + end)).buffer;
    const data = width === 4 ? new Float32Array(raw) : fromFloat16(new Uint16Array(raw));
    tensors.set(name, { shape: entry.shape, data });
  }
  return tensors;
}

/** The texts of the header's `__metadata__`. */
export function readMetadata(bytes: Uint8Array, source: string): Record<string, string> {
  return (readHeader(bytes, source).header["__metadata__"] ?? {}) as unknown as Record<string, string>;
}

function readHeader(bytes: Uint8Array, source: string): { header: Record<string, Entry>; dataStart: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = bytes.length < 8 ? Infinity : Number(view.getBigUint64(0, true));
  const dataStart = 8 + headerLength;
  if (dataStart > bytes.length)
    throw usageError(`${source} is not a safetensors file, or is cut off: ${bytes.length} bytes`);
  try {
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, dataStart))) as Record<
      string,
      Entry
    >;
    return { header, dataStart };
  } catch (error) {
    throw usageError(`${source}: its header is not JSON: ${(error as Error).message}`);
  }
}

/**
 * The bytes of a safetensors file. Values are rounded to the nearest of `dtype`.
 * @param metadata texts for the header's `__metadata__`
 */
export function writeSafetensors(
  tensors: Tensors,
  dtype: "F16" | "F32" = "F16",
  metadata: Record<string, string> = {},
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: { format: "pt", ...metadata } };
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const [name, { shape, data }] of tensors) {
    const values = dtype === "F16" ? toFloat16(data) : data;
    const part = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    header[name] = { dtype, shape, data_offsets: [offset, offset + part.length] };
    parts.push(part);
    offset += part.length;
  }
  const text = JSON.stringify(header);
  const unpadded = new TextEncoder().encode(text);
  const headerBytes = new Uint8Array(Math.ceil(unpadded.length / 8) * 8).fill(0x20);
  headerBytes.set(unpadded);
  const bytes = new Uint8Array(8 + headerBytes.length + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes.length), true);
  bytes.set(headerBytes, 8);
  let position = 8 + headerBytes.length;
  for (const part of parts) {
    bytes.set(part, position);
    position += part.length;
  }
  return bytes;
}

const scratch = new Float32Array(1);
const scratchBits = new Uint32Array(scratch.buffer);

/** IEEE half to single precision, exactly: a normal number's bits are moved into place and its exponent re-biased. */
export function fromFloat16(halves: Uint16Array): Float32Array {
  const singles = new Float32Array(halves.length);
  const bits = new Uint32Array(singles.buffer);
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i]!;
    const exponent = half & 0x7c00;
    if (exponent !== 0 && exponent !== 0x7c00)
      bits[i] = ((half & 0x8000) << 16) | (((half & 0x7fff) << 13) + 0x38000000);
    else singles[i] = unusualHalf(half);
  }
  return singles;
}

/** Zero, a subnormal number, infinity or NaN. */
function unusualHalf(half: number): number {
  const fraction = half & 0x3ff;
  const finite = (half & 0x7c00) === 0;
  const magnitude = finite ? fraction * 2 ** -24 : fraction === 0 ? Infinity : NaN;
  return half & 0x8000 ? -magnitude : magnitude;
}

/** Single to half precision, rounded to nearest, ties to even; over 65,504 becomes infinite. */
export function toFloat16(singles: Float32Array): Uint16Array {
  const halves = new Uint16Array(singles.length);
  for (let i = 0; i < singles.length; i++) {
    scratch[0] = singles[i]!;
    const sign = (scratchBits[0]! >>> 16) & 0x8000;
    const magnitude = scratchBits[0]! & 0x7fffffff;
    halves[i] = sign | halfMagnitude(magnitude);
  }
  return halves;
}

function halfMagnitude(bits: number): number {
  if (bits > 0x7f800000) return 0x7e00; // NaN
  if (bits >= 0x477ff000) return 0x7c00; // rounds past the largest half
  if (bits < 0x38800000) {
    // a subnormal half: adding 0.5 shifts the mantissa into place and lets the hardware round
    scratchBits[0] = bits;
    scratch[0] = scratch[0]! + 0.5;
    return scratchBits[0] - 0x3f000000;
  }
  const odd = (bits >>> 13) & 1;
  return (bits - 0x38000000 + 0xfff + odd) >>> 13;
}
