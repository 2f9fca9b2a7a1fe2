/**
 * Just enough of an assembler for WebAssembly to write one SIMD function by hand: instructions are arrays of bytes,
 * a body is their concatenation. Opcodes are those of the core specification, 2.0.
 */
export type Code = number[];

/** An unsigned integer in LEB128. */
function unsigned(value: number): Code {
  const bytes: Code = [];
  for (let rest = value; ;) {
    const low = rest & 0x7f;
    rest >>>= 7;
    if (rest === 0) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

/** A signed integer in LEB128. */
function signed(value: number): Code {
  const bytes: Code = [];
  for (let rest = value; ;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    if (done) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

export type ValueType = "i32" | "v128";
const typeByte: Record<ValueType, number> = { i32: 0x7f, v128: 0x7b };

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];
export const constant = (value: number): Code => [0x41, ...signed(value)];
export const add = (a: Code, b: Code): Code => [...a, ...b, 0x6a];
export const subtract = (a: Code, b: Code): Code => [...a, ...b, 0x6b];
/** 1 where a < b, both signed. */
export const less = (a: Code, b: Code): Code => [...a, ...b, 0x48];

/** Runs the body while the condition holds, tested before each pass. */
export const whileLoop = (condition: Code, body: Code): Code => [
  ...[0x02, 0x40, 0x03, 0x40],
  ...condition,
  ...[0x45, 0x0d, 0x01],
  ...body,
  ...[0x0c, 0x00, 0x0b, 0x0b],
];

export const when = (condition: Code, body: Code): Code => [...condition, 0x04, 0x40, ...body, 0x0b];

const simd = (opcode: number, ...immediate: number[]): Code => [0xfd, ...unsigned(opcode), ...immediate];

/** Four floats from an address that is a multiple of 4. */
export const loadFloats = (address: Code): Code => [...address, ...simd(0x00, 2, 0)];
export const storeFloats = (address: Code, value: Code): Code => [...address, ...value, ...simd(0x0b, 2, 0)];
export const zeroFloats = (): Code => simd(0x0c, ...new Array<number>(16).fill(0));
export const addFloats = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xe4)];
export const multiplyFloats = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xe6)];

/** Four floats picked from eight: lanes 0 to 3 are those of a, 4 to 7 those of b. */
export function pickFloats(a: Code, b: Code, lanes: [number, number, number, number]): Code {
  const bytes = lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * 4 + byte));
  return [...a, ...b, ...simd(0x0d, ...bytes)];
}

const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];
const text = (value: string): Code => {
  const bytes = [...Buffer.from(value)];
  return [...unsigned(bytes.length), ...bytes];
};

/**
 * A module that imports `env.memory` and exports one function without a result.
 * @param parameters how many i32 parameters it has; locals are numbered after them
 */
export function assembleModule(
  name: string,
  parameters: number,
  locals: { type: ValueType; count: number }[],
  body: Code,
): Uint8Array<ArrayBuffer> {
  const declared = locals.flatMap(({ type, count }) => [...unsigned(count), typeByte[type]]);
  const code = [...unsigned(locals.length), ...declared, ...body, 0x0b];
  const parameterTypes = new Array<number>(parameters).fill(typeByte.i32);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, ...unsigned(parameters), ...parameterTypes, 0]),
    ...section(2, [1, ...text("env"), ...text("memory"), 0x02, 0x00, 0x00]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...text(name), 0x00, 0x00]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ]);
}
