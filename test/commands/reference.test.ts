import { expect, test } from "vitest";

import { allFlags } from "../../src/commands/flags/names.ts";
import { flagReference } from "../../src/commands/reference.ts";
import { commands } from "../../src/commands/registry.ts";

test("names every flag of every command, with the commands that take it", async () => {
  const reference = await flagReference();
  for (const { name, load } of commands) {
    for (const flag of allFlags((await load()).command.flags)) {
      const rows = reference.split("\n").filter((line) => line.startsWith(`| \`${flag.flag}`));
      expect(rows.join("\n")).toMatch(new RegExp(`\\| .*\\b${name}\\b[^|]* \\|$`, "m"));
    }
  }
});

test("a bar in a placeholder does not end its cell", async () => {
  expect(await flagReference()).toContain("| `-p, --prompt <name\\|file>` |");
});
