import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import module from "node:module";

const reply = (content: string, finish: string | null) =>
  `data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`;

/**
 * Runs one `cot ask` against a server on loopback and keeps what V8 compiled on the way, so that the next start
 * compiles nothing. Node 22 and later do this by themselves.
 */
export async function writeCodeCache(root: string): Promise<void> {
  if ("enableCompileCache" in module) return;
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(reply("2 + 2 = 4\nAnswer: 4", null) + reply("", "stop") + "data: [DONE]\n\n");
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const program = `
    const fs = require("fs"), vm = require("vm"), module_ = require("module");
    const filename = process.argv[1];
    const script = new vm.Script(module_.wrap(fs.readFileSync(filename, "utf8")), {
      filename, importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER });
    process.on("exit", () => fs.writeFileSync(filename.replace(".cjs", ".cache"), script.createCachedData()));
    const cli = { exports: {} };
    script.runInThisContext()(cli.exports, module_.createRequire(filename), cli, filename, require("path").dirname(filename));
  `;
  const args = ["ask", "What is 2 + 2?", "--base-url", url, "--model", "m"];
  const child = spawn(process.execPath, ["-e", program, `${root}dist/cli.cjs`, ...args], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], OPENAI_API_KEY: "none" },
  });
  const code = await new Promise((exited) => child.on("exit", exited));
  server.close();
  if (code !== 0) throw new Error(`the warm-up run for the code cache ended with ${String(code)}`);
}
