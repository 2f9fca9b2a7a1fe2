import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as a server of files and jobs reads it. */
export interface ApiRequest {
  /** Without `/v1/` and the query. */
  path: string;
  method: string;
  body: string;
}

export interface ListeningApi {
  /** Base URL, with `/v1`. */
  url: string;
  close(): Promise<void>;
}

/** Starts an HTTP server on a free port, whose requests are read whole before they are answered. */
export async function listen(
  answer: (request: ApiRequest, outgoing: ServerResponse) => void,
): Promise<ListeningApi> {
  const http = createServer((incoming, outgoing) => {
    const { url = "", method = "" } = incoming;
    const path = url.replace(/\?.*/, "").replace(/^\/v1\//, "");
    void bodyOf(incoming).then((body) => answer({ path, method, body }, outgoing));
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/v1`,
    close: () => new Promise((resolve) => http.close(() => resolve()).closeAllConnections()),
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** The lines of the file in a multipart body. */
export function uploaded(body: string): string {
  return body
    .split(/\r?\n/)
    .filter((line) => line.startsWith("{"))
    .join("\n");
}

export function send(outgoing: ServerResponse, status: number, body: unknown): void {
  outgoing.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
