import { describe, expect, test } from "vitest";
import { runCot } from "../support/cli.ts";
import { endpoint, env } from "../support/numbered.ts";
import { questionLines, runFolder } from "../support/run-folder.ts";
import { serve } from "../support/serve.ts";

describe("an endpoint that is wholly down", () => {
  test.each([
    ["a refused key", { status: 401, error: { code: "invalid_api_key", message: "no" } }, 77],
    [
      "an unknown model",
      { status: 404, error: { code: "model_not_found", message: "The model `test` does not exist" } },
      5,
    ],
    [
      "a used-up quota",
      { status: 429, error: { code: "insufficient_quota", type: "insufficient_quota", message: "no" } },
      5,
    ],
  ])("%s stops at its first reply", async (_, reply, code) => {
    const server = await serve(reply);
    const folder = runFolder();
    const command = ["batch", folder.write("q.txt", questionLines(200)), ...endpoint(server)];
    const run = await runCot([...command, "-o", folder.path("out.jsonl")], { env });
    expect(run.code).toBe(code);
    expect(server.requests.length).toBeLessThanOrEqual(16);
    expect(folder.read("out.jsonl")).toBe("");
  });

  test("16 temporary failures in a row stop it: 75, and no line for them", async () => {
    const server = await serve({ status: 503 });
    const folder = runFolder();
    const command = [
      "batch",
      folder.write("q.txt", questionLines(200)),
      ...endpoint(server),
      "--retries",
      "0",
    ];
    const run = await runCot([...command, "-o", folder.path("out.jsonl")], { env });
    expect(run.code).toBe(75);
    expect(server.requests.length).toBeLessThanOrEqual(32);
    expect(folder.read("out.jsonl")).toBe("");
  });

  test("so does a short file in which nothing else happens", async () => {
    const server = await serve({ status: 500 });
    const folder = runFolder();
    const command = ["batch", folder.write("q.txt", questionLines(3)), ...endpoint(server), "--retries", "0"];
    expect((await runCot([...command, "-o", folder.path("out.jsonl")], { env })).code).toBe(75);
  });

  test("--max-failures stops with 3", async () => {
    const server = await serve({ status: 400, error: { message: "no", type: "invalid_request_error" } });
    const folder = runFolder();
    const command = [
      "batch",
      folder.write("q.txt", questionLines(200)),
      ...endpoint(server),
      "--max-failures",
      "5",
    ];
    const run = await runCot([...command, "-o", folder.path("out.jsonl")], { env });
    expect(run.code).toBe(3);
    expect(server.requests.length).toBeLessThan(60);
  });
});
