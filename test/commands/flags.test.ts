import { expect, test } from "vitest";

import { longName } from "../../src/commands/flags/flag.ts";
import { allFlags, spellings } from "../../src/commands/flags/names.ts";
import { shard } from "../../src/commands/flags/special-values.ts";
import { commands } from "../../src/commands/registry.ts";

const loaded = await Promise.all(
  commands.map(async (entry) => ({ name: entry.name, command: (await entry.load()).command })),
);

test.each(loaded)("$name: each setting is its flag in camelCase", ({ command }) => {
  for (const group of command.flags) {
    for (const [key, flag] of Object.entries(group.flags)) {
      const name = longName(flag).replace(/^--(no-)?/, "");
      expect(key).toBe(name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()));
    }
  }
});

test.each(loaded)("$name: no two flags are spelled alike", ({ command }) => {
  const all = allFlags(command.flags).flatMap(spellings);
  expect(all.filter((one, i) => all.indexOf(one) !== i)).toEqual([]);
});

test("a flag has the same letter in every command, and takes a value in all or none", () => {
  const shapes = new Map<string, string>();
  for (const { command } of loaded) {
    for (const flag of allFlags(command.flags)) {
      const shape = JSON.stringify([flag.flag, flag.value !== undefined]);
      expect(shapes.get(longName(flag)) ?? shape).toBe(shape);
      shapes.set(longName(flag), shape);
    }
  }
});

test("a shard is i/n with i from 1 to n", () => {
  expect(shard.parse("2/3", "--shard")).toEqual({ index: 2, count: 3 });
  for (const wrong of ["0/3", "4/3", "1", "1/0", "a/b"]) {
    expect(() => shard.parse(wrong, "--shard")).toThrow(`not "${wrong}"`);
  }
});
