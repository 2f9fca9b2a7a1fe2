import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCot, type CotRun } from "../support/cli.ts";
import { startServer } from "./server/start.ts";
import type { Reply, TestServer } from "./server/script.ts";

const person = {
  type: "object",
  properties: { name: { type: "string" }, age: { type: "integer" } },
  required: ["name", "age"],
  additionalProperties: false,
};
const ada = '{"name":"Ada","age":36}';
let folder: string;
let server: TestServer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cot-schema-"));
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function ask(replies: Reply[], flags: string[] = [], schema: unknown = person): Promise<CotRun> {
  server = await startServer(replies);
  const file = join(folder, "schema.json");
  await writeFile(file, typeof schema === "string" ? schema : JSON.stringify(schema));
  return runCot(["ask", "Who was it?", "--base-url", server.url, "-m", "m", "--schema", file, ...flags]);
}

test("-a prints JSON that fits, from a second request; the reasoning is free", async () => {
  const { code, stdout } = await ask([{ text: "It was Ada, who was 36." }, { text: ada }], ["-a"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ name: "Ada", age: 36 });
  const [first, second] = server.requests.map(({ body }) => body!);
  expect(first).not.toHaveProperty("response_format");
  expect(second!.response_format).toMatchObject({
    type: "json_schema",
    json_schema: { strict: true, schema: person },
  });
  expect(server.requests).toHaveLength(2);
});

test("--json has the value as JSON", async () => {
  const { stdout } = await ask([{ text: "…" }, { text: "```json\n" + ada + "\n```" }], ["--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ answer: { name: "Ada", age: 36 }, anchor: "schema" });
});

test("one repair, then exit 4 with no answer", async () => {
  const repaired = await ask([{ text: "…" }, { text: "{}" }, { text: ada }], ["-a"]);
  expect({ code: repaired.code, answer: JSON.parse(repaired.stdout) as unknown }).toEqual({
    code: 0,
    answer: { name: "Ada", age: 36 },
  });
  await server.close();
  const { code, stdout, stderr } = await ask([{ text: "…" }, { text: "{}" }], ["-a"]);
  expect({ code, stdout }).toEqual({ code: 4, stdout: "\n" });
  expect(stderr).toContain("must have required property");
  expect(server.requests).toHaveLength(3);
});

test("an endpoint without response_format is asked in words", async () => {
  const refusal: Reply = { status: 400, error: { message: "response_format is not supported" } };
  const { code, stdout } = await ask([{ text: "…" }, refusal, { text: ada }], ["-a"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ name: "Ada", age: 36 });
});

describe("is exit 2 before anything is sent", () => {
  test.each([["{"], [{ type: "foo" }], [[1]]])("%j", async (schema) => {
    const { code, stdout } = await ask([{}], [], schema);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(server.allRequests).toHaveLength(0);
  });
});

test("works in batch", async () => {
  server = await startServer(({ body }) => ({ text: body!.response_format ? ada : "It was Ada." }));
  const [schema, questions] = [join(folder, "s.json"), join(folder, "q.txt")];
  await writeFile(schema, JSON.stringify(person));
  await writeFile(questions, "Who?\nWho else?\n");
  const run = await runCot(["batch", questions, "--base-url", server.url, "-m", "m", "--schema", schema]);
  expect(run.code).toBe(0);
  const answers = run.stdout
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { answer: unknown }).answer);
  expect(answers).toEqual([
    { name: "Ada", age: 36 },
    { name: "Ada", age: 36 },
  ]);
});
