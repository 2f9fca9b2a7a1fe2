/**
 * How start-up feels: wall and CPU as ratios to `node -e 0`, medians over alternating runs (`COT_BENCH_RUNS`, 25).
 * "Request" is the time from spawning `cot ask` until its request has arrived at a server on loopback; "tail" is from
 * the last byte of the answer to the end of the process.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const runs = Number(process.env["COT_BENCH_RUNS"] ?? 25);
const bin = fileURLToPath(new URL("../../dist/cot.cjs", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "cot-bench-"));
const cpuFile = join(scratch, "cpu");
const preload = join(scratch, "preload.cjs");
writeFileSync(
  preload,
  `process.on("exit", () => { const { user, system } = process.cpuUsage(); require("fs").writeFileSync(${JSON.stringify(cpuFile)}, String(user + system)); });`,
);

let requestAt = 0;
let lastByteAt = 0;
const chunk = (content: string, finish: string | null) =>
  `data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`;
const server = createServer((request, response) => {
  requestAt = performance.now();
  request.resume().on("end", () => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(chunk("Answer: 4", null) + chunk("", "stop") + "data: [DONE]\n\n", () => {
      lastByteAt = performance.now();
    });
  });
});
await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;

interface Run {
  wall: number;
  cpu: number;
  request: number;
  tail: number;
}

const environment: NodeJS.ProcessEnv = { ...process.env, OPENAI_API_KEY: "none", XDG_CONFIG_HOME: scratch };
delete environment["NODE_EXTRA_CA_CERTS"]; // it alone costs more than what is measured here
delete environment["NODE_OPTIONS"];

async function run(args: string[]): Promise<Run> {
  requestAt = lastByteAt = 0;
  const start = performance.now();
  const child = spawn(process.execPath, ["-r", preload, ...args], {
    stdio: ["ignore", "ignore", "ignore"],
    env: environment,
  });
  await new Promise((exited) => child.on("exit", exited));
  const end = performance.now();
  return {
    wall: end - start,
    cpu: Number(readFileSync(cpuFile, "utf8")) / 1000,
    request: requestAt - start,
    tail: end - lastByteAt,
  };
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const commands = {
  node: ["-e", "0"],
  help: [bin, "--help"],
  ask: [bin, "ask", "What is 2 + 2?", "--base-url", url, "--model", "m"],
};
const results: Record<keyof typeof commands, Run[]> = { node: [], help: [], ask: [] };
for (const name of Object.keys(commands) as (keyof typeof commands)[]) await run(commands[name]);
for (let i = 0; i < runs; i++) {
  for (const name of Object.keys(commands) as (keyof typeof commands)[])
    results[name].push(await run(commands[name]));
}
server.close();
rmSync(scratch, { recursive: true });

const of = (name: keyof typeof commands, figure: keyof Run) =>
  median(results[name].map((one) => one[figure]));
const row = (label: string, ratio: number, limit: string) =>
  console.log(`${label.padEnd(34)}${ratio.toFixed(2).padStart(6)}   (aim ${limit})`);
console.log(
  `Node ${process.version}, ${runs} alternating runs, ratios to node -e 0 (${of("node", "wall").toFixed(0)} ms)`,
);
row("cot --help, wall", of("help", "wall") / of("node", "wall"), "1.4");
row("cot --help, CPU", of("help", "cpu") / of("node", "cpu"), "1.4");
row(
  "cot ask, until its request leaves",
  of("ask", "request") / of("node", "wall"),
  "1.9, with a compile cache 1.65",
);
row("cot ask, whole run, CPU", of("ask", "cpu") / of("node", "cpu"), "2.7");
console.log(
  `${"cot ask, last byte to exit".padEnd(34)}${of("ask", "tail").toFixed(1).padStart(6)} ms (aim 20)`,
);
