import { afterEach, expect, test } from "vitest";
import { runCot, type CotRun } from "../support/cli.ts";
import { startServer } from "./server/start.ts";
import type { Script, TestServer } from "./server/script.ts";

let server: TestServer;
afterEach(() => server.close());

async function ask(script: Script, flags: string[]): Promise<CotRun> {
  server = await startServer(script);
  return runCot(["ask", "What is 17×24?", "--base-url", server.url, "-m", "m", ...flags]);
}

const wrong = "17×20 = 350\n17×4 = 68\n350+68 = 418\n\nThe answer is 418";
const right = "17×20 = 340\n17×4 = 68\n340+68 = 408\n\nThe answer is 408";
const usage = { prompt_tokens: 10, completion_tokens: 20, total_tokens: 30 };

test("the model is shown the wrong step, and its second answer taken", async () => {
  const { code, stdout, stderr } = await ask(
    [
      { text: wrong, usage },
      { text: right, usage },
    ],
    ["--refine", "--json"],
  );
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    answer: "408",
    refined: { rounds: 1, changed: true, from: "418" },
    usage: { completion_tokens: 40 },
  });
  const messages = server.requests[1]!.body!.messages as { content: string }[];
  expect(messages.at(-1)!.content).toContain("17×20=350");
  expect(stderr).toContain("418");
});

test("text shows the trace that counts", async () => {
  const { stdout } = await ask([{ text: wrong }, { text: right }], ["--refine"]);
  expect(stdout).toContain("340+68 = 408");
  expect(stdout).not.toContain("350");
});

test("a second round that is no better changes nothing", async () => {
  const { stdout } = await ask({ text: wrong }, ["--refine-rounds", "1", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({
    answer: "418",
    refined: { rounds: 1, changed: false, from: "418" },
  });
  expect(server.requests).toHaveLength(2);
});
