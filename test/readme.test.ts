import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { flagReference } from "../src/commands/reference.ts";
import { isHeldOut } from "../src/transformer/training/problems/heldout.ts";
import { cotCommand, cotEnvironment, runShell } from "./support/cli.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");

const folder = mkdtempSync(join(tmpdir(), "cot-readme-"));
for (const name of ["examples", "dist"]) symlinkSync(join(root, name), join(folder, name));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The README's blocks of commands with this mark, e.g. `sh` or `sh dry`. */
function blocks(mark: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${mark}\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    ([, body]) => body!,
  );
}

const env = cotEnvironment({ COT: cotCommand.replaceAll("'", "") });
const cotFunction = 'cot() { $COT "$@"; }';

async function run(script: string, more: Record<string, string> = {}) {
  return runShell(`set -eo pipefail\n${cotFunction}\n${script}`, { cwd: folder, env: { ...env, ...more } });
}

describe("the README's commands run as written", () => {
  it.each(blocks("sh").map((block) => [block.split("\n")[0]!, block]))(
    "%s",
    async (_, block) => {
      const { code, stderr } = await run(block);
      expect(stderr).not.toContain("a bug in cot");
      expect({ code, stderr }).toMatchObject({ code: 0 });
    },
    240_000,
  );
});

it("its commands for other endpoints make sound requests", async () => {
  const lines = blocks("sh dry").flatMap((block) => block.trim().split("\n"));
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) {
    const command = `${line.replace(/\s+#.*$/, "")} --dry-run`;
    const { code, stdout } = await run(command.replace("git log -3", "echo a change"));
    expect({ command, code }).toEqual({ command, code: 0 });
    expect(JSON.parse(stdout)).toMatchObject({ method: "POST" });
  }
});

describe("its transcripts are what the built-in model says", () => {
  const transcripts = [...readme.matchAll(/^\$ (cot ask .*)\n([\s\S]*?)^```/gm)].map((match) =>
    match.slice(1),
  );
  it.each(transcripts as [string, string][])("%s", async (command, transcript) => {
    expect((await run(command)).stdout).toBe(transcript);
  });
});

it("its reference of flags is the table's (npm run readme)", async () => {
  expect(readme).toContain(await flagReference());
});

it("every question that the README and the examples ask the built-in model is held out from its training", () => {
  const shown = ["README.md", "examples/script.sh", "examples/chain-of-thought.sh", "examples/library.ts"];
  const asked = shown.flatMap((path) => {
    const text = path === "README.md" ? blocks("sh").join("\n") : readFileSync(join(root, path), "utf8");
    return [...text.matchAll(/"(?:What is )?(\d+)([×*+-])(\d+)\??"/g)].map((match) => match.slice(1));
  });
  expect(asked.length).toBeGreaterThan(8);
  const trained = asked.filter(
    ([a, sign, b]) => !isHeldOut(sign === "*" ? "×" : (sign as "+"), Number(a), Number(b)),
  );
  expect(trained).toEqual([]);
});
