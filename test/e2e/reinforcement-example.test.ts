import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parsePolicy } from "../../src/prompts/policy.ts";
import { cotCommand, cotEnvironment, runShell } from "../support/cli.ts";

const weights = new URL("../../src/transformer/weights/main/model.safetensors", import.meta.url);

// the figures are the built-in model's: without its weights there is nothing to learn
test.skipIf(!existsSync(weights))(
  "examples/reinforcement.sh: a policy that is proven better, and weights that learned to reason",
  async () => {
    const out = await mkdtemp(join(tmpdir(), "cot-reinforcement-"));
    try {
      const env = cotEnvironment({ COT: cotCommand.replaceAll("'", ""), OUT: out });
      const { code, stdout } = await runShell("sh examples/reinforcement.sh --quick", { env });
      expect(stdout).toContain(": proven –");
      expect(code).toBe(0);
      const path = join(out, "best.policy.json");
      const policy = parsePolicy(await readFile(path, "utf8"), path);
      expect(policy.strategy).toBe("step-by-step");
      const { test: held } = policy.provenance as { test: { gain: number; p: number } };
      expect(held.gain).toBeGreaterThan(0.2);
      expect(held.p).toBeLessThan(0.05);
      const greedy = (weights: string) => Number(new RegExp(`^${weights} +([\\d.]+)`, "m").exec(stdout)![1]);
      expect(greedy("before")).toBeLessThan(50);
      expect(greedy("trained")).toBeGreaterThan(greedy("before") + 15);
    } finally {
      await rm(out, { recursive: true });
    }
  },
  400_000,
);
