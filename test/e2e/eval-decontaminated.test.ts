import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { writeTinyModel } from "../finetune/support.ts";
import { runCot } from "../support/cli.ts";
import { runFolder } from "../support/run-folder.ts";
import { startServer } from "./server/start.ts";

const questions = '{"question":"1 + 1","answer":"2"}\n{"question":"2 + 3","answer":"5"}\n';
const sha256 = createHash("sha256").update(questions).digest("hex");
const warning = "not decontaminated against";

test("a student asked what its data was never cleaned of says so; one that was says nothing", async () => {
  const folder = runFolder();
  const dataset = folder.write("test.jsonl", questions);
  const student = writeTinyModel(folder.path("student"));
  const evaluate = (): ReturnType<typeof runCot> => runCot(["eval", dataset, "-m", `builtin:${student}`]);
  expect((await evaluate()).stderr).not.toContain(warning);

  folder.write(
    "student/finetune.json",
    JSON.stringify({ v: 1, decontaminated: [{ path: "x", sha256: "00" }] }),
  );
  const warned = await evaluate();
  expect(warned.stderr).toContain(`builtin:${student} learned from data that was ${warning} ${dataset}`);

  folder.write("student/finetune.json", JSON.stringify({ v: 1, decontaminated: [{ path: "y", sha256 }] }));
  expect((await evaluate()).stderr).not.toContain(warning);
});

test("so does a policy that shows traces", async () => {
  const folder = runFolder();
  const dataset = folder.write("test.jsonl", questions);
  const provenance = { from: "cot distill", decontaminated: [] };
  const policy = folder.write(
    "student.policy.json",
    JSON.stringify({ version: 1, strategy: "direct", provenance }),
  );
  const server = await startServer(() => ({ text: "2" }));
  try {
    const words = ["--base-url", server.url, "-m", "s", "--policy", policy];
    const run = await runCot(["eval", dataset, ...words]);
    expect(run.code, run.stderr).toBe(0);
    expect(run.stderr).toContain(`${policy} learned from data that was ${warning} ${dataset}`);
  } finally {
    await server.close();
  }
});
