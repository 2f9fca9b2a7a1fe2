import { readFileSync } from "node:fs";
import http from "node:http";

/*
 * What `cot batch` is measured against, as a process of its own: `openai`, a bare loop over the SDK with its own
 * fetch, or `http`, a bare pool over node:http. Prints its CPU milliseconds a request and its wall seconds.
 */
const [kind, file, port, concurrency] = process.argv.slice(2) as [string, string, string, string];
const questions = readFileSync(file, "utf8").trim().split("\n");
const startedAt = performance.now();

async function viaSdk(): Promise<(question: string) => Promise<unknown>> {
  const { default: OpenAI } = await import("openai");
  const client = new OpenAI({ apiKey: "none", baseURL: `http://127.0.0.1:${port}/v1`, maxRetries: 0 });
  return (question) =>
    client.chat.completions.create({ model: "m", messages: [{ role: "user", content: question }] });
}

function viaHttp(): (question: string) => Promise<unknown> {
  const agent = new http.Agent({ keepAlive: true });
  return (question) =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify({ model: "m", messages: [{ role: "user", content: question }] });
      const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
      const path = "/v1/chat/completions";
      const request = http.request(
        { host: "127.0.0.1", port, path, method: "POST", agent, headers },
        (reply) => {
          const chunks: Buffer[] = [];
          reply.on("data", (chunk: Buffer) => chunks.push(chunk));
          reply.on("end", () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
        },
      );
      request.on("error", reject).end(body);
    });
}

const ask = kind === "openai" ? await viaSdk() : viaHttp();
let next = 0;
await Promise.all(
  Array.from({ length: Number(concurrency) }, async () => {
    while (next < questions.length) await ask(questions[next++]!);
  }),
);
const { user, system } = process.cpuUsage();
const cpuMs = (user + system) / 1000 / questions.length;
console.log(JSON.stringify({ cpuMs, wall: (performance.now() - startedAt) / 1000 }));
process.exit(0);
