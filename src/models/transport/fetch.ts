import type http from "node:http";

import { CotError } from "../../errors.ts";
import { receivedBytes } from "./body.ts";
import { Headers, type HeadersInit } from "./headers.ts";
import { Response } from "./response.ts";
import { createRoutes, type Route } from "./route.ts";
import type { Environment } from "./proxy.ts";
import { watchSilence, type Watch } from "./silence.ts";

/**
 * `fetch` over `node:http(s)`: keep-alive, redirects, compression, proxies, abort. Node's own loads undici (slow to
 * start and to stop, twice the CPU a request), gives up after five minutes of silence and knows no proxy variables.
 * `NODE_EXTRA_CA_CERTS` works by itself.
 */
export type Fetch = (url: string | URL, init?: FetchInit) => Promise<Response>;

export interface FetchInit {
  method?: string;
  headers?: HeadersInit;
  body?: string | Uint8Array | FormData | null;
  signal?: AbortSignal | null;
}

export interface FetchOptions {
  /** The longest silence, before the first byte and between bytes. There is no limit on the whole. */
  timeoutMs: number;
  /** Where the proxy variables are. */
  environment: Environment;
}

type Body = string | Uint8Array;

/** A request on its way, as redirects change it. */
interface Outgoing {
  url: URL;
  method: string;
  headers: Headers;
  body: Body | undefined;
}

const maxRedirects = 10;

/** Headers that may follow a redirect to another origin: none that could carry a secret. */
const harmlessHeaders = new Set(["accept", "accept-encoding", "content-type", "user-agent"]);

export function createFetch(options: FetchOptions): Fetch & { Response: typeof Response } {
  const routeTo = createRoutes(options.environment);

  async function fetch(input: string | URL, init: FetchInit = {}): Promise<Response> {
    const headers = init.headers instanceof Headers ? init.headers : new Headers(init.headers);
    const body = await encodedBody(init.body, headers);
    let outgoing: Outgoing = {
      url: new URL(input),
      method: (init.method ?? "GET").toUpperCase(),
      headers,
      body,
    };
    for (let redirects = 0; ; redirects++) {
      const message = await send(outgoing, init.signal ?? undefined, await routeTo(outgoing.url), options);
      const { location } = message;
      if (location === undefined) return message.response(redirects > 0);
      message.discard();
      if (redirects === maxRedirects)
        throw misled(outgoing.url, `more than ${String(maxRedirects)} redirects`);
      outgoing = redirected(outgoing, message.status, redirectTarget(location, outgoing.url));
    }
  }
  // the SDK looks here before it asks whether uploads are supported
  return Object.assign(fetch, { Response });
}

/** @throws CotError (malformed) where a request cannot go */
function redirectTarget(location: string, from: URL): URL {
  const url = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw misled(from, "it redirects to what is no http or https address");
}

/** Asked again it would say the same. */
function misled({ host }: URL, what: string): CotError {
  return new CotError("malformed", `${host}: ${what}`);
}

/** What is sent to where a reply points: as before for 307 and 308, else a GET, and no secret to another origin. */
function redirected(outgoing: Outgoing, status: number, url: URL): Outgoing {
  const { method, headers } = outgoing;
  const becomesGet = status === 303 || ((status === 301 || status === 302) && method === "POST");
  const sameOrigin = url.origin === outgoing.url.origin;
  const kept = [...headers].filter(
    ([name]) => (sameOrigin || harmlessHeaders.has(name)) && !(becomesGet && name === "content-type"),
  );
  return {
    url,
    method: becomesGet && method !== "HEAD" ? "GET" : method,
    headers: new Headers(kept),
    body: becomesGet ? undefined : outgoing.body,
  };
}

/** A response whose body has not been read. */
interface Message {
  status: number;
  /** Where it sends us, for a redirect. */
  location: string | undefined;
  response(redirected: boolean): Response;
  discard(): void;
}

async function send(
  outgoing: Outgoing,
  signal: AbortSignal | undefined,
  route: Route,
  options: FetchOptions,
): Promise<Message> {
  signal?.throwIfAborted();
  const { url, method, body } = outgoing;
  const request = route.client.request({ ...route.options, method, headers: headersOf(outgoing, route) });
  let breakOff = (error: Error): void => void request.destroy(error);
  const watch = watchSilence(options.timeoutMs, (error) => {
    breakOff(error);
  });
  const onAbort = (): void => {
    breakOff(abortError(signal));
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  const release = (): void => {
    watch.stop();
    signal?.removeEventListener("abort", onAbort);
  };
  request.once("close", release);
  const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once("response", resolve);
    request.on("error", (error) => {
      reject(Object.assign(error, { reusedSocket: request.reusedSocket, proxy: route.proxy?.host }));
    });
  });
  watch.wait();
  request.end(body);
  const incoming = await answered;
  watch.heard();
  // once the reply is in, its connection may already serve another request
  breakOff = (error) => void incoming.destroy(error);
  const status = incoming.statusCode ?? 0;
  return {
    status,
    location: status >= 300 && status < 400 ? incoming.headers.location : undefined,
    response: (redirected) =>
      new Response(bodyOf(incoming, method, watch), {
        status,
        statusText: incoming.statusMessage ?? "",
        headers: Headers.received(incoming.rawHeaders),
        url: url.href,
        redirected,
      }),
    discard: () => incoming.resume(),
  };
}

function headersOf({ headers, body }: Outgoing, route: Route): http.OutgoingHttpHeaders {
  const sent: http.OutgoingHttpHeaders = { ...route.headers, "accept-encoding": "gzip, deflate, br" };
  if (body !== undefined) sent["content-length"] = Buffer.byteLength(body);
  for (const [name, value] of headers) sent[name] = value;
  return sent;
}

function bodyOf(
  incoming: http.IncomingMessage,
  method: string,
  watch: Watch,
): AsyncIterable<Uint8Array> | null {
  const { statusCode: status } = incoming;
  if (method === "HEAD" || status === 204 || status === 304) {
    incoming.resume();
    return null;
  }
  const encoding = incoming.headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  const bytes = receivedBytes(incoming, watch);
  return encoding === "identity" || encoding === "" ? bytes : decompressed(bytes, encoding);
}

/** Gives what is decoded as soon as it can be: a compressed stream of events must not wait for its end. */
async function* decompressed(bytes: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<Uint8Array> {
  const { decompressor } = await import("./compression.ts");
  yield* decompressor(bytes, encoding);
}

/** A text stays one: Node writes it together with the headers. */
async function encodedBody(body: FetchInit["body"], headers: Headers): Promise<Body | undefined> {
  if (body === undefined || body === null) return undefined;
  if (typeof body === "string" || body instanceof Uint8Array) return body;
  // a multipart form (file uploads): the platform's own encoder writes it
  const form = new globalThis.Response(body);
  headers.set("content-type", form.headers.get("content-type")!);
  return new Uint8Array(await form.arrayBuffer());
}

function abortError(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  if (reason instanceof Error && reason.name === "AbortError") return reason;
  return Object.assign(new Error("aborted", { cause: reason }), { name: "AbortError" });
}
