import { afterEach, expect, test } from "vitest";
import { runCot, type CotRun } from "../support/cli.ts";
import { startServer } from "./server/start.ts";
import type { Script, TestServer } from "./server/script.ts";

let server: TestServer;
afterEach(() => server.close());

async function ask(script: Script, flags: string[]): Promise<CotRun> {
  server = await startServer(script);
  return runCot(["ask", "What is 17×24?", "--base-url", server.url, "-m", "m", ...flags]);
}

const wrong = "17×20 = 350\n17×4 = 68\n350+68 = 418\n\nThe answer is 418";
const right = "17×20 = 340\n17×4 = 68\n340+68 = 408\n\nThe answer is 408";

test("--check marks every equation, with the right value of a wrong one", async () => {
  const { code, stdout, stderr } = await ask({ text: wrong }, ["--check", "--json"]);
  expect(code).toBe(0);
  const { checks, samples } = JSON.parse(stdout) as { checks: unknown; samples: { checks: unknown }[] };
  expect(checks).toEqual([
    { step: "17×20=350", ok: false, expected: "340" },
    { step: "17×4=68", ok: true },
    { step: "350+68=418", ok: true },
  ]);
  expect(samples[0]!.checks).toEqual(checks);
  expect(stderr).toContain("17×20=350");
  expect(stderr).toContain("340");
});

test("without --check there are none", async () => {
  const { stdout } = await ask({ text: wrong }, ["--json"]);
  expect(JSON.parse(stdout)).not.toHaveProperty("checks");
});

test("--check leaves stdout as it is", async () => {
  const { stdout } = await ask({ text: right }, ["--check", "-a"]);
  expect(stdout).toBe("408\n");
});
