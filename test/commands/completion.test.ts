import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

import { completionScript } from "../../src/commands/completion/script.ts";

/** What bash would offer after these words. */
async function offered(...words: string[]): Promise<string[]> {
  const script = await completionScript("bash");
  const probe = `${script}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _cot; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const output = execFileSync("bash", ["-c", probe, "bash", ...words], { encoding: "utf8" });
  return output.split("\n").filter((line) => line !== "");
}

test("bash: commands, flags and values", async () => {
  expect(await offered("cot", "as")).toEqual(["ask"]);
  expect(await offered("cot", "ask", "--refine")).toEqual(["--refine", "--refine-rounds"]);
  expect(await offered("cot", "ask", "--format", "j")).toEqual(["jsonl"]);
  expect(await offered("cot", "completion", "z")).toEqual(["zsh"]);
  expect(await offered("cot", "ask", "--system", "x")).toEqual([]);
});

test("zsh and fish: every flag of ask with its help, quotes balanced", async () => {
  for (const shell of ["zsh", "fish"]) {
    const script = await completionScript(shell);
    expect(script).toContain("max-tokens");
    expect(script).toContain("how hard a reasoning model thinks");
    expect(script.replaceAll("'\\''", "").split("'").length % 2).toBe(1);
  }
});

test("another shell is refused, with those there are", async () => {
  await expect(completionScript("tcsh")).rejects.toMatchObject({
    code: "usage",
    hint: "Shells: bash, zsh, fish.",
  });
});
