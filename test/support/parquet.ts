/**
 * Writes the least of a Parquet file: required text columns, one row group, one plain page a column, not compressed.
 * Metadata is in Thrift's compact protocol, where a field is its distance from the last one, its type and its value.
 */
export function parquetFile(rows: readonly Record<string, string>[]): Buffer {
  const names = Object.keys(rows[0]!);
  const parts: Buffer[] = [Buffer.from("PAR1")];
  let offset = 4;
  const chunks = names.map((name) => {
    const page = Buffer.concat(rows.map((row) => prefixed(row[name]!)));
    const header = struct([
      [1, int(0)],
      [2, int(page.length)],
      [3, int(page.length)],
      [5, { type: 12, bytes: struct([1, 2, 3, 4].map((id) => [id, int([rows.length, 0, 3, 3][id - 1]!)])) }],
    ]);
    const [start, size] = [offset, header.length + page.length];
    parts.push(header, page);
    offset += size;
    const meta = struct([
      [1, int(byteArray)],
      [2, list(5, [varint(0)])],
      [3, list(8, [text(name).bytes])],
      [4, int(0)],
      [5, long(rows.length)],
      [6, long(size)],
      [7, long(size)],
      [9, long(start)],
    ]);
    return struct([
      [2, long(start)],
      [3, { type: 12, bytes: meta }],
    ]);
  });
  const columns = names.map((name) =>
    struct([
      [1, int(byteArray)],
      [3, int(0)],
      [4, text(name)],
      [6, int(0)],
    ]),
  );
  const root = struct([
    [4, text("schema")],
    [5, int(names.length)],
  ]);
  const group = struct([
    [1, list(12, chunks)],
    [2, long(offset - 4)],
    [3, long(rows.length)],
  ]);
  const footer = struct([
    [1, int(1)],
    [2, list(12, [root, ...columns])],
    [3, long(rows.length)],
    [4, list(12, [group])],
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([...parts, footer, length, Buffer.from("PAR1")]);
}

interface Value {
  type: number;
  bytes: Buffer;
}

const byteArray = 6;
const int = (value: number): Value => ({ type: 5, bytes: varint(value) });
const long = (value: number): Value => ({ type: 6, bytes: varint(value) });

function text(value: string): Value {
  const bytes = Buffer.from(value);
  return { type: 8, bytes: Buffer.concat([unsigned(bytes.length), bytes]) };
}

/** At most fourteen items. */
function list(type: number, items: readonly Buffer[]): Value {
  return { type: 9, bytes: Buffer.concat([Buffer.from([(items.length << 4) | type]), ...items]) };
}

function struct(fields: readonly (readonly [number, Value])[]): Buffer {
  const parts = fields.flatMap(([id, { type, bytes }], i) => [
    Buffer.from([((id - (fields[i - 1]?.[0] ?? 0)) << 4) | type]),
    bytes,
  ]);
  return Buffer.concat([...parts, Buffer.from([0])]);
}

/** Zigzag, for signed numbers; there are no negative ones here. */
function varint(value: number): Buffer {
  return unsigned(2 * value);
}

function unsigned(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Buffer.from([...bytes, rest]);
}

/** A value of a plain page: its length in four bytes, then itself. */
function prefixed(value: string): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
}
