import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/*
 * The other side of `batch.ts`, in a process of its own so that its CPU time is not counted: answers after 200 ms,
 * refuses above a cap, and tells at /stats what it saw.
 */
const [maxConcurrent = Infinity, perSecond = Infinity] = process.argv.slice(2).map(Number);
const latencyMs = 200;
const text = "Let me think. 17 times 24 is 340 plus 68, which is 408.\n\nAnswer: 408";

let atOnce = 0;
let tokens = Math.max(1, perSecond);
let filledAt = performance.now();
/** Answers by second since the first request. */
let answered: number[] = [];
let refused = 0;
let firstAt: number | undefined;
const asked = new Map<string, number>();

function isRefused(): boolean {
  if (atOnce >= maxConcurrent) return true;
  if (perSecond === Infinity) return false;
  const now = performance.now();
  tokens = Math.min(Math.max(1, perSecond), tokens + ((now - filledAt) / 1000) * perSecond);
  filledAt = now;
  if (tokens < 1) return true;
  tokens -= 1;
  return false;
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  if (incoming.url === "/stats") {
    const twice = [...asked.values()].filter((count) => count > 1).length;
    send(outgoing, 200, { answered, refused, questions: asked.size, twice });
    answered = [];
    refused = 0;
    firstAt = undefined;
    asked.clear();
    return;
  }
  const body = JSON.parse(Buffer.concat(chunks).toString()) as {
    stream?: boolean;
    messages: { content: string }[];
  };
  firstAt ??= performance.now();
  if (isRefused()) {
    refused += 1;
    send(outgoing, 429, { error: { message: "too many", type: "requests", code: "rate_limit_exceeded" } });
    return;
  }
  atOnce += 1;
  setTimeout(() => {
    atOnce -= 1;
    const second = Math.floor((performance.now() - firstAt!) / 1000);
    answered[second] = (answered[second] ?? 0) + 1;
    const question = body.messages.at(-1)!.content;
    asked.set(question, (asked.get(question) ?? 0) + 1);
    if (body.stream === true) stream(outgoing);
    else
      send(outgoing, 200, {
        ...reply("chat.completion"),
        choices: [choice({ message: { role: "assistant", content: text } }, "stop")],
        usage,
      });
  }, latencyMs);
}

const usage = { prompt_tokens: 30, completion_tokens: 20, total_tokens: 50 };
const reply = (object: string): object => ({ id: "chatcmpl-1", object, model: "m" });
const choice = (content: object, reason: string | null): object => ({
  index: 0,
  ...content,
  finish_reason: reason,
});

function stream(outgoing: ServerResponse): void {
  outgoing.writeHead(200, { "content-type": "text/event-stream" });
  const event = (fields: object): string =>
    `data: ${JSON.stringify({ ...reply("chat.completion.chunk"), ...fields })}\n\n`;
  for (const part of text.match(/.{1,40}/gs)!)
    outgoing.write(event({ choices: [choice({ delta: { content: part } }, null)] }));
  outgoing.write(event({ choices: [choice({ delta: {} }, "stop")] }));
  outgoing.end(`${event({ choices: [], usage })}data: [DONE]\n\n`);
}

function send(outgoing: ServerResponse, status: number, body: object): void {
  const json = JSON.stringify(body);
  outgoing.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(json),
  });
  outgoing.end(json);
}

const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
