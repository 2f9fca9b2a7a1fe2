import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const event = (content: string, finish: string | null) =>
  `data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`;

/** Runs the bin as it is, then keeps what V8 compiled of each chunk on the way, beside the chunk. */
const program = `
  const scripts = (globalThis.__cotScripts = new Map());
  process.on("exit", () => {
    // a run may have changed it, and V8 refuses a cache that was written under other flags
    require("v8").setFlagsFromString("--opt");
    for (const [filename, script] of scripts) {
      const cache = filename + "." + process.version;
      if (!require("fs").existsSync(cache)) require("fs").writeFileSync(cache, script.createCachedData());
    }
  });
  require(process.argv[1]);
`;

/**
 * Warms up: `cot ask` and `cot batch` against a server on loopback, `cot ask` on the built-in model's path where its
 * weights are there, and the help pages. It holds for the version of Node that runs this.
 */
export async function writeCodeCache(root: string): Promise<void> {
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(event("2 + 2 = 4\nAnswer: 4", null) + event("", "stop") + "data: [DONE]\n\n");
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const model = ["--base-url", url, "--model", "m"];
  const ask = ["ask", "What is 2 + 2?", ...model];
  await warm(root, ask);
  await warm(root, [...ask, "--expect", "4", "--check", "--quiet"]);
  const folder = await mkdtemp(join(tmpdir(), "cot-build-"));
  const questions = join(folder, "questions.txt");
  await writeFile(questions, "What is 2 + 2?\n".repeat(3));
  await warm(root, ["batch", questions, ...model, "--output", `${questions}.jsonl`, "--quiet"]);
  await rm(folder, { recursive: true });
  server.close();
  // exit code 4: its weights refuse the question
  await warm(root, ["ask", "What is 12 + 7?", "--model", "builtin"], [0, 4]);
  await warm(root, ["ask", "--help"]);
  await warm(root, ["--help"]);
}

async function warm(root: string, args: string[], expected = [0]): Promise<void> {
  const child = spawn(process.execPath, ["-e", program, `${root}dist/cot.cjs`, ...args], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], OPENAI_API_KEY: "none" },
  });
  const code = await new Promise<number>((exited) => child.on("exit", exited));
  if (!expected.includes(code))
    throw new Error(`cot ${args.join(" ")}, run to fill the code cache, ended with ${String(code)}`);
}
