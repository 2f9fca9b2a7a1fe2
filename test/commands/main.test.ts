import { expect, test } from "vitest";

import { main } from "../../src/commands/main.ts";
import { commands } from "../../src/commands/registry.ts";
import { fakeTerminal } from "../support/terminal.ts";

test("cot alone prints help on stderr and is wrong usage; --help prints it on stdout", async () => {
  const alone = fakeTerminal();
  expect(await main([], alone)).toBe(2);
  expect(alone.stdout.text).toBe("");
  const asked = fakeTerminal();
  expect(await main(["--help"], asked)).toBe(0);
  expect(asked.stdout.text).toBe(alone.stderr.text);
  for (const { name, summary } of commands)
    expect(asked.stdout.text.replace(/\s+/g, " ")).toContain(`${name} ${summary}`);
});

test.each(commands.map(({ name }) => name))(
  "cot %s --help: purpose, usage, examples, flags, exit codes",
  async (name) => {
    const terminal = fakeTerminal();
    expect(await main([name, "--help"], terminal)).toBe(0);
    const page = terminal.stdout.text;
    expect(page).toMatch(new RegExp(`^cot ${name}: `));
    for (const part of [`Usage: cot ${name}`, "Examples:", "Exit codes:"]) expect(page).toContain(part);
    expect(page.split("\n").filter((line) => [...line].length > 80)).toEqual([]);
    const again = fakeTerminal();
    expect(await main(["help", name], again)).toBe(0);
    expect(again.stdout.text).toBe(page);
  },
);

test("an unknown command is refused with the one that was meant", async () => {
  await expect(main(["aks"], fakeTerminal())).rejects.toMatchObject({
    code: "usage",
    message: 'there is no command "aks"',
    hint: expect.stringContaining("Did you mean ask?") as string,
  });
  await expect(main(["What is 2+2?"], fakeTerminal())).rejects.toMatchObject({
    hint: 'To ask a question: cot ask "What is 2+2?"',
  });
  await expect(main(["What", "is", "2+2?"], fakeTerminal())).rejects.toMatchObject({
    hint: 'To ask a question: cot ask "What is 2+2?"',
  });
  await expect(main(["help", "nonesuch"], fakeTerminal())).rejects.toMatchObject({
    hint: expect.stringContaining("Commands: ask, ") as string,
  });
});

test("a flag before the command is refused with where it belongs", async () => {
  await expect(main(["--json", "ask", "2+2?"], fakeTerminal())).rejects.toMatchObject({
    code: "usage",
    message: 'cot itself has no flag "--json"',
    hint: "Flags follow the command: cot ask --json …",
  });
});

test("cot ask in a terminal without a question prints help on stderr and is wrong usage", async () => {
  const terminal = fakeTerminal({ stdinIsTTY: true });
  expect(await main(["ask"], terminal)).toBe(2);
  expect(terminal.stdout.text).toBe("");
  expect(terminal.stderr.text).toContain("Usage: cot ask");
});
