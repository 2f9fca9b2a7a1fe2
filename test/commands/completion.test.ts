import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

import { completionScript } from "../../src/commands/completion/script.ts";

const folder = mkdtempSync(join(tmpdir(), "cot-completion-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What a shell offers at the end of a command line. */
type Offers = (line: string) => Promise<string[]>;

async function scriptFile(shell: string): Promise<string> {
  const path = join(folder, shell);
  writeFileSync(path, await completionScript(shell));
  return path;
}

function run(command: string, args: string[]): string[] {
  const { stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8", timeout: 30_000 });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
}

const shells: Record<string, Offers> = {
  async bash(line) {
    const probe = `source "$1"; COMP_WORDS=($2${line.endsWith(" ") ? " ''" : ""}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _cot; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return run("bash", ["-c", probe, "bash", await scriptFile("bash"), line]);
  },
  async zsh(line) {
    const probe = fileURLToPath(new URL("../support/zsh-offers.zsh", import.meta.url));
    return run("zsh", ["-f", probe, await scriptFile("zsh"), line]);
  },
  async fish(line) {
    const probe = `source $argv[1]; complete -C $argv[2]`;
    const rows = run("fish", ["--no-config", "-c", probe, "--", await scriptFile("fish"), line]);
    return rows.map((row) => row.split("\t")[0]!);
  },
};

describe.each(Object.keys(shells))("%s", (shell) => {
  const offers = shells[shell]!;
  const there = spawnSync(shell, ["-c", "true"]).status === 0;
  const sorted = async (line: string) => (await offers(line)).sort();

  test.skipIf(!there)("offers commands, flags and values", { timeout: 60_000 }, async () => {
    expect(await offers("cot as")).toEqual(["ask"]);
    expect(await sorted("cot ask --refine")).toEqual(["--refine", "--refine-rounds"]);
    expect(await offers("cot ask --format j")).toEqual(["jsonl"]);
    expect(await offers("cot ask -m oll")).toEqual(["ollama"]);
    expect(await offers("cot distill --teacher bui")).toEqual(["builtin"]);
    if (shell !== "bash")
      expect(await offers("cot ask --format=j")).toEqual([expect.stringMatching(/jsonl$/)]);
    expect(await offers("cot completion z")).toEqual(["zsh"]);
    expect(await offers("cot help do")).toEqual(["doctor"]);
    expect(await offers("cot ask --system x")).toEqual([]);
  });

  test.skipIf(!there)("the command is the first word, whatever follows", { timeout: 60_000 }, async () => {
    expect(await sorted("cot ask batch --s")).toEqual(await sorted("cot ask --s"));
  });

  test.skipIf(!there)("offers files where one goes", { timeout: 60_000 }, async () => {
    writeFileSync(join(folder, "sums.jsonl"), "");
    // bash completes files by itself where we say nothing
    const file = shell === "bash" ? [] : ["sums.jsonl"];
    expect(await offers("cot batch su")).toEqual(file);
    expect(await offers("cot convert somewhere su")).toEqual(file);
    expect(await offers("cot ask --context su")).toEqual(file);
  });
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
