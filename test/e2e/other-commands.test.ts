import { expect, test } from "vitest";

import { runCot } from "../support/cli.ts";
import { at, serve } from "../support/serve.ts";

test("cot models lists what the endpoint has, one a line", async () => {
  const server = await serve({}, { models: ["a", "b/c"] });
  expect(await runCot(["models", "--base-url", server.url])).toMatchObject({ code: 0, stdout: "a\nb/c\n" });
  const { stdout } = await runCot(["models", "--base-url", server.url, "--json"]);
  expect(JSON.parse(stdout.split("\n")[0]!)).toEqual({ model: "a", provider: server.url });
});

test("cot models --providers prints the presets", async () => {
  const { code, stdout } = await runCot(["models", "--providers"]);
  expect(code).toBe(0);
  for (const name of ["openai", "azure", "anthropic", "deepseek", "openrouter", "ollama", "vllm"]) {
    expect(stdout).toMatch(new RegExp(`^${name} `, "m"));
  }
});

test("a base URL without a model: the one there is used and named; several are listed, exit 77", async () => {
  const one = await serve({ text: "The answer is 1." }, { models: ["only"] });
  const run = await runCot(["ask", "--base-url", one.url, "-a", "Q?"]);
  expect(run).toMatchObject({ code: 0, stdout: "1\n" });
  expect(run.stderr).toContain("only");
  const several = await serve({}, { models: ["first", "second"] });
  const refused = await runCot(["ask", "--base-url", several.url, "Q?"]);
  expect(refused).toMatchObject({ code: 77, stdout: "" });
  expect(refused.stderr).toContain("first, second");
});

test("cot doctor: all is well, or what is wrong and how to mend it", async () => {
  const server = await serve({}, { keys: ["good"] });
  const well = await runCot(["doctor", ...at(server)], { env: { COT_API_KEY: "good" } });
  expect(well.code).toBe(0);
  expect(well.stdout).not.toContain("FAILED");
  const refused = await runCot(["doctor", ...at(server)], { env: { COT_API_KEY: "sk-wrong" } });
  expect(refused.code).toBe(1);
  expect(refused.stdout).toMatch(/FAILED +endpoint/);
  expect(refused.stdout).not.toContain("sk-wrong");
  const unknown = await runCot(["doctor", "--base-url", server.url, "-m", "test-modle"], {
    env: { COT_API_KEY: "good" },
  });
  expect(unknown.code).toBe(1);
  expect(unknown.stdout).toContain("Did you mean test-model?");
});

test("cot doctor fails where no model is chosen and the endpoint has several, as cot ask would", async () => {
  const several = await serve({}, { models: ["first", "second"] });
  const run = await runCot(["doctor", "--base-url", several.url]);
  expect(run.code).toBe(1);
  expect(run.stdout).toMatch(/FAILED +model +none is chosen/);
  const one = await serve({}, { models: ["only"] });
  expect((await runCot(["doctor", "--base-url", one.url])).stdout).toContain("only is the only one there");
});

test("what stands in a base URL beside its place is shown nowhere", async () => {
  const server = await serve({ text: "Answer: 1" });
  const flags = ["--base-url", `${server.url.replace("//", "//bob:s3cret@")}?key=s3cret&api-version=1`];
  for (const command of [["ask", "-v", "Q?"], ["ask", "--dry-run", "Q?"], ["doctor"], ["models", "--json"]]) {
    const run = await runCot([
      ...command,
      ...(command[0] === "models" ? [] : ["-m", "test-model"]),
      ...flags,
    ]);
    expect(run.code).toBe(0);
    expect(run.stdout + run.stderr).not.toContain("s3cret");
  }
  expect(server.requests[0]!.url).toContain("?key=s3cret&api-version=1");
});

test("a dry run asks no endpoint for its models: without one it is exit 77", async () => {
  const server = await serve({}, { models: ["only"] });
  expect(await runCot(["ask", "--base-url", server.url, "--dry-run", "Q?"])).toMatchObject({
    code: 77,
    stdout: "",
  });
  expect(server.allRequests).toHaveLength(0);
});

test("cot doctor: no key is no failure, a chosen provider without its key is", async () => {
  const none = await runCot(["doctor"]);
  expect(none.stdout).toContain("built-in");
  expect(none.stdout).not.toMatch(/FAILED +(key|model|config)/);
  const chosen = await runCot(["doctor", "-m", "groq"]);
  expect(chosen.code).toBe(1);
  expect(chosen.stdout).toMatch(/FAILED +key .*GROQ_API_KEY/);
});

test("an Ollama without a model, or without the one asked for, is told what to pull", async () => {
  const error = { message: 'model "qwen3" not found, try pulling it first', type: "not_found_error" };
  const server = await serve({ status: 404, error }, { models: [] });
  const env = { OLLAMA_HOST: `127.0.0.1:${server.port}` };
  const unknown = await runCot(["ask", "-m", "ollama:qwen3", "Q?"], { env });
  expect(unknown.code).toBe(5);
  expect(unknown.stderr).toMatch(/model "qwen3" not found.*\n +ollama pull qwen3\n/);
  const none = await runCot(["ask", "-m", "ollama", "Q?"], { env });
  expect(none.code).toBe(77);
  expect(none.stderr).toMatch(/Ollama has none\n +.*ollama pull/);
  const doctor = await runCot(["doctor", "-m", "ollama"], { env });
  expect(doctor.code).toBe(1);
  expect(doctor.stdout).toMatch(/FAILED +model +none is chosen\n +.*ollama pull/);
  expect(doctor.stdout).toMatch(/local server +ollama at .*, without a model\n +.*ollama pull/);
  expect(await runCot(["models", "-m", "ollama"], { env })).toMatchObject({ code: 0, stdout: "" });
});

test("cot doctor finds the name that was meant without its tag", async () => {
  const server = await serve({}, { models: ["llama3.2:3b", "qwen3:4b"] });
  const run = await runCot(["doctor", "-m", "lama3.2", "--base-url", server.url]);
  expect(run.stdout).toContain("Did you mean llama3.2:3b?");
});

test("cot completion bash prints a script; without a shell it is wrong usage", async () => {
  expect(await runCot(["completion", "bash"])).toMatchObject({ code: 0, stderr: "" });
  expect(await runCot(["completion"])).toMatchObject({ code: 2, stdout: "" });
});

test("cot --version, cot --help, cot help ask", async () => {
  expect((await runCot(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+/);
  expect((await runCot(["--help"])).stdout).toContain("Commands:");
  expect((await runCot(["help", "ask"])).stdout).toContain("Usage: cot ask");
});
