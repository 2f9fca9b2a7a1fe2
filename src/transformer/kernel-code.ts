import {
  add,
  addFloats,
  assembleModule,
  constant,
  get,
  less,
  loadFloats,
  multiplyFloats,
  pickFloats,
  set,
  storeFloats,
  subtract,
  whileLoop,
  when,
  zeroFloats,
  type Code,
} from "./wasm.ts";

/**
 * Four rows of w at a time, against two rows of x while there are two, then against the last: eight sums of four
 * lanes, two inputs and a weight just fit the sixteen registers of x86.
 */
export function assembleMultiply(): Uint8Array<ArrayBuffer> {
  // parameters, strides and offsets in bytes
  const [out, outStride, x, xStride, batch, w, wStride, rows, columns] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  // i32 locals
  const [row, item, input, output, w1, w2, w3, k, nextInput] = [9, 10, 11, 12, 13, 14, 15, 16, 17];
  // v128 locals: sums of the first input 18 to 21, of the second 22 to 25
  const [firstSums, secondSums, first, second, weight] = [18, 22, 26, 27, 28];

  const step = (local: number, by: Code): Code => set(local, add(get(local), by));
  const atK = (base: number): Code => loadFloats(add(get(base), get(k)));
  const rowBases = [w, w1, w2, w3] as number[];

  const accumulate = (sum: number, value: number): Code =>
    set(sum, addFloats(get(sum), multiplyFloats(get(weight), get(value))));

  const tile = (inputs: { base: number; value: number; sums: number }[]): Code => [
    ...inputs.flatMap(({ sums }) => rowBases.flatMap((_, i) => set(sums + i, zeroFloats()))),
    ...set(k, constant(0)),
    ...whileLoop(less(get(k), get(columns)), [
      ...inputs.flatMap(({ base, value }) => set(value, atK(base))),
      ...rowBases.flatMap((base, i) => [
        ...set(weight, atK(base)),
        ...inputs.flatMap(({ value, sums }) => accumulate(sums + i, value)),
      ]),
      ...step(k, constant(16)),
    ]),
  ];

  /** Adds the lanes of four sums, giving the four results in one vector. */
  const fold = (sums: number): Code => {
    const pair = (a: number, b: number): Code =>
      addFloats(pickFloats(get(a), get(b), [0, 4, 1, 5]), pickFloats(get(a), get(b), [2, 6, 3, 7]));
    return [
      ...set(sums, pair(sums, sums + 1)),
      ...set(sums + 2, pair(sums + 2, sums + 3)),
      ...addFloats(
        pickFloats(get(sums), get(sums + 2), [0, 1, 4, 5]),
        pickFloats(get(sums), get(sums + 2), [2, 3, 6, 7]),
      ),
    ];
  };

  const one = { base: input, value: first, sums: firstSums };
  const two = { base: nextInput, value: second, sums: secondSums };
  const body = [
    ...whileLoop(less(get(row), get(rows)), [
      ...set(w1, add(get(w), get(wStride))),
      ...set(w2, add(get(w1), get(wStride))),
      ...set(w3, add(get(w2), get(wStride))),
      ...set(input, get(x)),
      ...set(output, get(out)),
      ...set(item, constant(1)),
      ...whileLoop(less(get(item), get(batch)), [
        ...set(nextInput, add(get(input), get(xStride))),
        ...tile([one, two]),
        ...storeFloats(get(output), fold(firstSums)),
        ...storeFloats(add(get(output), get(outStride)), fold(secondSums)),
        ...set(input, add(get(nextInput), get(xStride))),
        ...step(output, add(get(outStride), get(outStride))),
        ...step(item, constant(2)),
      ]),
      ...when(less(subtract(get(item), constant(1)), get(batch)), [
        ...tile([one]),
        ...storeFloats(get(output), fold(firstSums)),
      ]),
      ...set(w, add(get(w3), get(wStride))),
      ...step(out, constant(16)),
      ...step(row, constant(4)),
    ]),
  ];
  const locals = [
    { type: "i32" as const, count: 9 },
    { type: "v128" as const, count: 11 },
  ];
  return assembleModule("multiply", 9, locals, body);
}
