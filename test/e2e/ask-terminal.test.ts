import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

import { runShell } from "../support/cli.ts";
import { at, serve } from "../support/serve.ts";

/** `script` (util-linux) gives a command a terminal of its own. */
const hasScript = spawnSync("script", ["-qec", "true", "/dev/null"]).status === 0;

/** What a person sees: stdout and stderr as the terminal gets them, its carriage returns taken out. */
async function onTerminal(args: string[], env: Record<string, string> = {}): Promise<string> {
  const command = `$COT ${args.join(" ")}`;
  const line = `script -qec ${JSON.stringify(command)} /dev/null < /dev/null`;
  const { stdout } = await runShell(line, { env: { TERM: "xterm-256color", ...env } });
  return stdout.replaceAll("\r\n", "\n");
}

test.runIf(hasScript)("on a terminal reasoning is dim and the answer bold", async () => {
  const server = await serve({
    text: "The answer is 408.",
    reasoning: "17×20=340.",
    dialect: "deepseek",
    chunkSize: 100,
  });
  const screen = await onTerminal(["ask", ...at(server), "Q"]);
  expect(screen).toContain("\u001b[2m17×20=340.\u001b[22m");
  expect(screen).toContain("\n\nThe answer is 408.\n\n\u001b[1mAnswer: 408\u001b[22m\n");
});

test.runIf(hasScript)("never with NO_COLOR: then a terminal sees what a pipe sees", async () => {
  const server = await serve({ text: "The answer is 408.", reasoning: "17×20=340.", dialect: "deepseek" });
  const screen = await onTerminal(["ask", ...at(server), "-q", "Q"], { NO_COLOR: "1" });
  expect(screen).toBe("17×20=340.\n\nThe answer is 408.\n\nAnswer: 408\n");
});

test.runIf(hasScript)("while nothing can be shown a quiet line tells the time, and goes away", async () => {
  const server = await serve({ text: "The answer is 408.", delayMs: 700 });
  const screen = await onTerminal(["ask", ...at(server), "Q"], { NO_COLOR: "1" });
  expect(screen).toContain("\r0 s\u001b[K");
  expect(screen.split("\r\u001b[K").at(-1)).toBe("The answer is 408.\n\nAnswer: 408\n");
});

test.runIf(hasScript)("what has arrived and is not shown is counted meanwhile", async () => {
  const reasoning = "We add. ".repeat(40);
  const server = await serve({
    text: "The answer is 408.",
    reasoning,
    dialect: "deepseek",
    chunkSize: 40,
    chunkDelayMs: 100,
  });
  const screen = await onTerminal(["ask", "-a", ...at(server), "Q"], { NO_COLOR: "1" });
  expect(screen).toMatch(/\r\d s, about [1-9]\d* tokens so far\u001b\[K/);
  expect(screen.split("\r\u001b[K").at(-1)).toBe("408\n");
});

test.runIf(hasScript)("a terminal without a question gets help and exit 2", async () => {
  const line = `script -qec "$COT ask; echo exit \\$?" /dev/null`;
  const { stdout } = await runShell(line, { env: { NO_COLOR: "1" } });
  expect(stdout).toContain("Usage: cot ask");
  expect(stdout).toContain("exit 2");
});
