import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { chatChunks, chatReply } from "./chat.ts";
import { responseChunks, responseReply } from "./responses.ts";
import type { Reply, SeenRequest } from "./script.ts";

/** Writes one reply, streamed where the request asks for it, broken where the script says so. */
export async function writeReply(
  outgoing: ServerResponse,
  request: SeenRequest,
  reply: Reply,
  responsesApi: boolean,
): Promise<void> {
  if (reply.fault === "silence") return;
  if (reply.delayMs !== undefined) await sleep(reply.delayMs);
  if (outgoing.destroyed) return;
  if (reply.fault === "reset") {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  if (reply.raw !== undefined) {
    outgoing.writeHead(reply.status ?? 200, { "content-type": reply.raw.contentType, ...reply.raw.headers });
    const body = Buffer.from(reply.raw.body);
    const { chunkSize = body.length } = reply.raw;
    for (let i = 0; i < body.length && chunkSize > 0; i += chunkSize) {
      outgoing.write(body.subarray(i, Math.min(body.length, i + chunkSize)));
    }
    outgoing.end();
    return;
  }
  if (reply.status !== undefined && reply.status >= 300) {
    const error = {
      message: `status ${String(reply.status)}`,
      type: "error",
      param: null,
      code: null,
      ...reply.error,
    };
    outgoing.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
    outgoing.end(JSON.stringify({ error }));
    return;
  }
  if (reply.fault === "malformed-reply") {
    outgoing.writeHead(200, { "content-type": "text/html" }).end("<html>Welcome to nginx!</html>");
    return;
  }
  if (request.body?.["stream"] !== true) {
    await writeWhole(outgoing, reply, (responsesApi ? responseReply : chatReply)(request, reply));
    return;
  }
  await writeStream(outgoing, reply, (responsesApi ? responseChunks : chatChunks)(request, reply));
}

async function writeWhole(outgoing: ServerResponse, reply: Reply, body: unknown): Promise<void> {
  const text = reply.fault === "malformed-chunk" ? '{"id": "chatcmpl-1", "choi' : JSON.stringify(body);
  outgoing.writeHead(200, { "content-type": "application/json", ...reply.headers });
  outgoing.flushHeaders();
  const broken = reply.fault !== undefined && !["malformed-chunk", "empty-choices"].includes(reply.fault);
  if (!broken) {
    outgoing.end(text);
    return;
  }
  outgoing.write(text.slice(0, text.length / 2));
  if (reply.fault !== "stall") await reset(outgoing);
}

async function writeStream(outgoing: ServerResponse, reply: Reply, chunks: string[]): Promise<void> {
  outgoing.writeHead(200, { "content-type": "text/event-stream", ...reply.headers });
  outgoing.flushHeaders();
  if (reply.fault === "reset-after-headers") {
    await reset(outgoing);
    return;
  }
  const isWhole = reply.fault === undefined || reply.fault === "never-ends";
  const half = isWhole ? chunks.length : Math.ceil(chunks.length / 2);
  for (const [index, chunk] of chunks.slice(0, half).entries()) {
    if (index > 0 && reply.chunkDelayMs !== undefined) await sleep(reply.chunkDelayMs);
    if (outgoing.destroyed) return;
    outgoing.write(chunk);
  }
  if (reply.fault === "stall" || reply.fault === "never-ends") return;
  if (reply.fault === "reset-half-way") {
    await reset(outgoing);
    return;
  }
  if (reply.fault === "malformed-chunk") outgoing.write('data: {"id": "chatcmpl-1", "choi\n\n');
  if (reply.fault === "error-in-stream") {
    const error = { message: "The server had an error", type: "server_error", code: 500 };
    outgoing.write(`data: ${JSON.stringify({ error })}\n\n`);
  }
  outgoing.end();
}

/** After what was written has left. */
async function reset(outgoing: ServerResponse): Promise<void> {
  await new Promise((resolve) => outgoing.write(" \n", resolve));
  // let the bytes arrive before the reset overtakes them
  await sleep(5);
  outgoing.socket?.resetAndDestroy();
}
