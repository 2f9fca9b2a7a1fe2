import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { truncationSign } from "../../../src/distill/lint/truncated.ts";
import { mixesLanguages, repeatsItself } from "../../../src/distill/verify/text-filters.ts";

const folder = process.env.COT_DEVELOPMENT_DATA ?? "";

interface Output {
  question: string;
  output: string;
  label_correct: boolean | null;
}

function outputs(): Output[] {
  const names = readdirSync(join(folder, "outputs")).filter((name) => name.endsWith(".jsonl"));
  return names.flatMap((name) =>
    readFileSync(join(folder, "outputs", name), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Output),
  );
}

/** Cut off in the middle of saying the same again and again. */
const isLoop = ({ output }: Output): boolean =>
  output.length > 600 && output.split(output.slice(-40)).length > 8;

describe.skipIf(folder === "")("real outputs (skipped without COT_DEVELOPMENT_DATA)", () => {
  const all = folder === "" ? [] : outputs();
  const right = all.filter((one) => one.label_correct === true && !isLoop(one));

  test("hardly a right one meets a text filter", () => {
    expect(right.length).toBeGreaterThan(500);
    for (const filter of [
      ({ output }: Output) => repeatsItself(output),
      ({ output, question }: Output) => mixesLanguages(output, question),
      ({ output }: Output) => truncationSign(output) !== undefined,
    ])
      expect(right.filter(filter).length / right.length).toBeLessThan(0.005);
  });

  test("loops are found", () => {
    const loops = all.filter(isLoop);
    expect(loops.length).toBeGreaterThan(5);
    expect(loops.filter(({ output }) => repeatsItself(output)).length / loops.length).toBeGreaterThan(0.9);
  });
});
