import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { cotCommand, cotEnvironment, runShell } from "../support/cli.ts";

const env = cotEnvironment({ COT: cotCommand.replaceAll("'", "") });

it("chain-of-thought.sh shows the prompt, the reasoning and the answer", async () => {
  const { code, stdout } = await runShell("sh examples/chain-of-thought.sh", { env });
  expect(code).toBe(0);
  expect(stdout).toContain("Solve the following problem step by step: What is 17×24?");
  expect(stdout).toContain("17×20=340");
  expect(stdout).toMatch(/--- the answer alone\n408\n$/);
});

it("script.sh loops, branches and reads JSON", async () => {
  const { code, stdout } = await runShell("bash examples/script.sh", { env });
  expect(code).toBe(0);
  expect(stdout).toContain("17×24 = 408\n339+68 = 407\n91-58 = 33\n");
  expect(stdout).toContain("\nas expected\n");
  expect(stdout).toContain("exit 4");
  expect(stdout).toContain("What is 56×31?\t1736\nWhat is 23×41?\t943\n");
  expect(stdout).toMatch(/answer 408, \d+ steps checked, \d+ tokens|jq is not installed/);
});

it("library.ts runs", () => {
  const out = execFileSync(process.execPath, ["--import", "tsx", "examples/library.ts"], {
    encoding: "utf8",
    env,
  });
  expect(out).toContain("answer: 408");
  expect(out).toContain("anchor: 'boxed'");
  expect(out).toContain("equal");
  expect(out).toContain("expected: '398'");
});
