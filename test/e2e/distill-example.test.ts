import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cotCommand, runShell } from "../support/cli.ts";

test("examples/distillation.sh: traces, a student, and both compared", async () => {
  const folder = await mkdtemp(join(tmpdir(), "cot-distillation-"));
  try {
    const env = { COT: cotCommand.replaceAll("'", ""), DIR: folder };
    const { code, stdout, stderr } = await runShell("sh examples/distillation.sh --quick --json", { env });
    expect(code, stderr).toBe(0);
    const { results, comparisons } = JSON.parse(stdout) as {
      results: { name: string; pass_at_1: number; parameters: number; questions: number }[];
      comparisons: object[];
    };
    const [teacher, student] = results;
    expect(results.map(({ name }) => name)).toEqual([
      "builtin",
      `builtin:${join(folder, "traces", "student")}`,
    ]);
    expect(teacher!.pass_at_1).toBeGreaterThan(0.5);
    expect(student!.questions).toBe(teacher!.questions);
    expect(student!.parameters * 4).toBeLessThan(teacher!.parameters);
    expect(comparisons).toHaveLength(1);
  } finally {
    await rm(folder, { recursive: true });
  }
}, 600_000);
