import { describe, expect, test } from "vitest";
import { CotError } from "../../src/errors.ts";
import type { Model } from "../../src/models/model.ts";
import { ask } from "../../src/reasoning/ask.ts";
import { compileSchema, meetsStrictRules, parseReply } from "../../src/reasoning/schema.ts";
import { mockModel, type MockModel } from "../support/mock-model.ts";
import { options } from "./support.ts";

const person = {
  type: "object",
  properties: { name: { type: "string" }, age: { type: "integer" } },
  required: ["name", "age"],
  additionalProperties: false,
};
const question = { id: "1", question: "Who is it?" };
const ada = '{"name":"Ada","age":36}';

async function askFor(replies: (string | Error)[], schema: object = person) {
  const model: MockModel = mockModel(replies);
  const result = await ask(question, { ...options, schema: await compileSchema(schema, "s.json") }, model);
  return { model, result };
}

describe("the second request", () => {
  test("asks for the answer alone, in response_format; the first is free of it", async () => {
    const { model, result } = await askFor(["Ada was born in 1815.", ada]);
    expect(result).toMatchObject({ answer: { name: "Ada", age: 36 }, anchor: "schema" });
    expect(model.requests).toHaveLength(2);
    expect(model.requests[0]).not.toHaveProperty("responseFormat");
    expect(model.requests[1]!.responseFormat).toEqual({
      type: "json_schema",
      json_schema: { name: "answer", strict: true, schema: person },
    });
    expect(model.requests[1]!.messages[1]).toEqual({ role: "assistant", content: "Ada was born in 1815." });
    expect(result.samples[0]!.text).toBe("Ada was born in 1815.");
    expect(result.usage.completionTokens).toBe(10);
  });

  test("fenced JSON will do", async () => {
    expect((await askFor(["…", `Here:\n\`\`\`json\n${ada}\n\`\`\``])).result.answer).toEqual({
      name: "Ada",
      age: 36,
    });
  });

  test("what does not fit is asked for once more, with what is wrong", async () => {
    const { model, result } = await askFor(["…", '{"name":"Ada","age":"old"}', ada]);
    expect(model.requests).toHaveLength(3);
    expect(model.requests[2]!.messages.at(-1)!.content).toContain("answer/age must be integer");
    expect(result.answer).toEqual({ name: "Ada", age: 36 });
  });

  test("after three requests it is an error of its own", async () => {
    const { model, result } = await askFor(["…", "no", "no", ada]);
    expect(model.requests).toHaveLength(3);
    expect(result.error).toMatchObject({ code: "schema", retryable: false });
    expect(result).not.toHaveProperty("answer");
  });

  test("an endpoint that refuses response_format is asked in words, from then on at once", async () => {
    const refusal = new CotError("refused", "unknown field response_format", { status: 400 });
    const { model, result } = await askFor(["…", refusal, ada, "…", ada]);
    expect(result.answer).toEqual({ name: "Ada", age: 36 });
    expect(model.requests[2]).not.toHaveProperty("responseFormat");
    const again = await ask(
      question,
      { ...options, schema: await compileSchema(person, "s") },
      model as Model,
    );
    expect(again.answer).toEqual({ name: "Ada", age: 36 });
    expect(model.requests).toHaveLength(5);
  });

  test("a reply that the token limit cut off is not asked about", async () => {
    const model = mockModel([{ text: "Ada was", finishReason: "length" }, ada]);
    const result = await ask(question, { ...options, schema: await compileSchema(person, "s") }, model);
    expect(result.error?.code).toBe("truncated");
    expect(model.requests).toHaveLength(1);
  });
});

test("samples vote over equal values, whatever the order of keys", async () => {
  const replies = [ada, '{"age":36,"name":"Ada"}', '{"name":"Eve","age":1}'];
  const model = mockModel((request) => (request.messages.length > 1 ? replies[request.firstSample]! : "…"));
  const schema = await compileSchema(person, "s");
  const result = await ask(question, { ...options, schema, samples: 3, everySample: true }, model);
  expect(result.votes.map((vote) => vote.count)).toEqual([2, 1]);
  expect(result.answer).toEqual({ name: "Ada", age: 36 });
});

test("the built-in model's answer is taken as the value", async () => {
  const model = mockModel(["17×24 = 408\nThe answer is 408"], { endpoint: "builtin" });
  const integer = await ask(
    question,
    { ...options, schema: await compileSchema({ type: "integer" }, "s") },
    model,
  );
  expect(integer.answer).toBe(408);
  const text = await ask(
    question,
    { ...options, schema: await compileSchema({ type: "string" }, "s") },
    model,
  );
  expect(text.answer).toBe("408");
  const object = await ask(question, { ...options, schema: await compileSchema(person, "s") }, model);
  expect(object.error?.code).toBe("schema");
});

describe("a schema", () => {
  test.each([
    [{ type: "foo" }, "type"],
    [[], "object is needed"],
    ["string", "object is needed"],
    [{ properties: 1 }, "properties"],
    [{ $ref: "https://example.com/other.json" }, "other.json"],
  ])("%j is wrong usage", async (schema, message) => {
    await expect(compileSchema(schema, "s.json")).rejects.toMatchObject({ code: "usage" });
    await expect(compileSchema(schema, "s.json")).rejects.toThrow(message);
  });

  test.each([
    undefined,
    "http://json-schema.org/draft-07/schema#",
    "https://json-schema.org/draft/2019-09/schema",
    "https://json-schema.org/draft/2020-12/schema",
  ])("dialect %s", async ($schema) => {
    const schema = await compileSchema(
      { ...($schema ? { $schema } : {}), type: "integer", format: "age" },
      "s",
    );
    expect(schema.problem(3)).toBeUndefined();
    expect(schema.problem("3")).toContain("must be integer");
  });

  test.each([
    [person, true],
    [{ ...person, additionalProperties: undefined }, false],
    [{ ...person, required: ["name"] }, false],
    [{ type: "array", items: { type: "string" } }, false],
    [{ ...person, properties: { name: { type: "string", minLength: 2 }, age: { type: "integer" } } }, false],
    [{ ...person, properties: { name: person, age: { anyOf: [{ type: "null" }, { $ref: "#" }] } } }, true],
    [{ ...person, allOf: [] }, false],
  ])("%j meets the strict rules: %s", (schema, strict) => {
    expect(meetsStrictRules(schema)).toBe(strict);
  });
});

test.each([
  ["408", 408],
  [' "x" ', "x"],
  ["so it is [1, 2] then", [1, 2]],
  ["```\n{}\n```", {}],
  ["nothing", undefined],
  ["{broken", undefined],
])("JSON in %j", (text, value) => {
  expect(parseReply(text)).toEqual(value);
});
