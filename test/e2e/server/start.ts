import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createGate } from "./gate.ts";
import { writeReply } from "./reply.ts";
import type { Reply, Script, SeenRequest, ServerOptions, TestServer } from "./script.ts";

export type { Fault, Reply, Script, SeenRequest, ServerOptions, TestServer } from "./script.ts";

/**
 * Starts a server on loopback that speaks the chat API, Responses, `/embeddings` and `/models`, answers as scripted, and keeps what it
 * was sent. Every run of it is a process's own: nothing is global.
 */
export async function startServer(script: Script = {}, options: ServerOptions = {}): Promise<TestServer> {
  const startedAt = performance.now();
  const requests: SeenRequest[] = [];
  const allRequests: SeenRequest[] = [];
  const statuses: Record<number, number> = {};
  const gate = createGate(options, startedAt);

  function scripted(request: SeenRequest, index: number): Reply | Promise<Reply> {
    if (typeof script === "function") return script(request, index);
    if (Array.isArray(script)) return script[Math.min(index, script.length - 1)] ?? {};
    return script;
  }

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await seen(incoming, startedAt);
    allRequests.push(request);
    outgoing.on("close", () => (statuses[outgoing.statusCode] = (statuses[outgoing.statusCode] ?? 0) + 1));
    const path = request.url
      .replace(/\?.*/, "")
      .replace(/^.*?(?=\/(chat\/completions|responses|models|embeddings)$)/, "");
    if (options.keys !== undefined && !options.keys.includes(keyOf(request))) {
      sendError(outgoing, 401, { message: "Incorrect API key provided.", code: "invalid_api_key" });
    } else if (path === "/models") {
      const models = options.models ?? ["test-model"];
      // of no model Ollama says null
      const data = models.length === 0 ? null : models.map((id) => ({ id, object: "model" }));
      sendJson(outgoing, 200, { object: "list", data });
    } else if (path === "/embeddings" && options.embed !== undefined) {
      const embedding = options.embed(String(request.body?.["input"]));
      sendJson(outgoing, 200, {
        object: "list",
        data: [{ object: "embedding", index: 0, embedding }],
        model: request.body?.["model"],
        usage: { prompt_tokens: 4, total_tokens: 4 },
      });
    } else if (path === "/chat/completions" || path === "/responses") {
      requests.push(request);
      const refusal = gate.enter(outgoing);
      const reply = await scripted(request, requests.length - 1);
      await writeReply(outgoing, request, refusal ?? reply, path === "/responses");
    } else {
      sendError(outgoing, 404, { message: `Invalid URL (${request.method} ${request.url})` });
    }
  }

  const answer = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    serve(incoming, outgoing).catch((error: unknown) => {
      // a script that throws should fail its test loudly, not hang it
      if (!outgoing.headersSent) sendError(outgoing, 500, { message: `test server: ${String(error)}` });
      else outgoing.destroy();
    });
  };
  const server = options.tls === undefined ? createServer(answer) : createSecureServer(options.tls, answer);
  server.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http${options.tls === undefined ? "" : "s"}://127.0.0.1:${String(port)}/v1`,
    port,
    requests,
    allRequests,
    statuses,
    get inFlight() {
      return gate.inFlight;
    },
    get maxInFlight() {
      return gate.maxInFlight;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function seen(incoming: IncomingMessage, startedAt: number): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return {
    method: incoming.method ?? "",
    url: incoming.url ?? "",
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: text === "" ? null : (JSON.parse(text) as Record<string, unknown>),
    atMs: performance.now() - startedAt,
  };
}

function keyOf(request: SeenRequest): string {
  return request.headers["authorization"]?.replace(/^Bearer /, "") ?? "";
}

function sendJson(outgoing: ServerResponse, status: number, body: unknown): void {
  outgoing.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function sendError(outgoing: ServerResponse, status: number, error: Record<string, unknown>): void {
  sendJson(outgoing, status, { error: { type: "invalid_request_error", param: null, code: null, ...error } });
}
