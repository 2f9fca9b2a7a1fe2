import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { cotCommand, cotEnvironment, runShell } from "../support/cli.ts";

const weights = new URL("../../src/transformer/weights/main/model.safetensors", import.meta.url);

// the figures are the built-in model's: without its weights there is nothing to measure
test.skipIf(!existsSync(weights))(
  "examples/self-consistency.sh: reasoning beats the bare answer",
  async () => {
    const env = cotEnvironment({ COT: cotCommand.replaceAll("'", "") });
    const { code, stdout } = await runShell("sh examples/self-consistency.sh --quick --json", { env });
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as {
      results: { name: string; pass_at_1: number }[];
      comparisons: { b: string; difference: number; p: number }[];
    };
    expect(report.results.map(({ name }) => name.split("/").at(-1))).toEqual([
      "direct",
      "step-by-step",
      "self-consistency.policy.json",
    ]);
    for (const { difference, p } of report.comparisons) {
      expect(difference).toBeGreaterThan(0.2);
      expect(p).toBeLessThan(0.05);
    }
  },
  120_000,
);
