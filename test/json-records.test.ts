import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonRecords, type JsonRecord } from "../src/json-records.ts";

async function records(text: string, chunk = text.length): Promise<JsonRecord[]> {
  async function* chunks() {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += Math.max(1, chunk)) {
      yield await Promise.resolve(bytes.subarray(at, at + Math.max(1, chunk)));
    }
  }
  const all: JsonRecord[] = [];
  for await (const record of jsonRecords(chunks())) all.push(record);
  return all;
}

const texts = async (text: string): Promise<string[]> => (await records(text)).map((record) => record.text);

test("one a line, empty lines passed over", async () => {
  expect(await records('{"a":1}\n\n{"b":[1]}')).toEqual([
    { text: '{"a":1}', line: 1 },
    { text: '{"b":[1]}', line: 3 },
  ]);
});

describe("one list", () => {
  test("however it is spaced; each item with the line where it starts", async () => {
    expect(await records('\n[\n  {"a": "]},["},\n\n  {"b": [{}, "\\""]}\n]\n')).toEqual([
      { text: '{"a": "]},["}', line: 3, record: 1 },
      { text: '{"b": [{}, "\\""]}', line: 5, record: 2 },
    ]);
  });

  test.each([
    ["[]", []],
    [" [ ] ", []],
    ["[1]", ["1"]],
    ['["a", null]', ['"a"', "null"]],
    // what is wrong with the file is a record that will not parse
    ["[1,]", ["1", ""]],
    ["[1] 2", ["1", "2"]],
    ['[{"a":1}', ['{"a":1}']],
    ['[{"a":1', ['{"a":1']],
    ["[", [""]],
  ])("%j", async (text, expected) => expect(await texts(text)).toEqual(expected));

  test("any list of any JSON, in chunks of any size, comes out as it went in", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue()),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        async (values, chunk, indented) => {
          const text = JSON.stringify(values, null, indented ? 2 : 0);
          const found = await records(text, chunk);
          expect(found.map((record) => JSON.parse(record.text) as unknown)).toEqual(
            JSON.parse(text) as unknown[],
          );
          const lines = text.split("\n");
          for (const { text: item, line } of found) expect(lines[line - 1]).toContain(item.split("\n")[0]);
        },
      ),
    );
  });
});
