import type { OpenAI } from "openai/client";
import type { Connection } from "./connection.ts";
import { HttpError } from "./http-error.ts";
import { readRateLimit } from "./rate-limit.ts";
import { isSecretName } from "./secrets.ts";
import type { Fetch } from "./transport/fetch.ts";
import { Headers, type HeadersInit } from "./transport/headers.ts";
import { Response } from "./transport/response.ts";

export type { OpenAI };

type SdkFetch = NonNullable<NonNullable<ConstructorParameters<typeof OpenAI>[0]>["fetch"]>;

/**
 * The `openai` package's client, loaded when it is first needed, so that nothing of the environment gets through: not
 * `OPENAI_API_KEY`, `OPENAI_ORG_ID` and their like, not `OPENAI_CUSTOM_HEADERS`, and `OPENAI_LOG` (which writes to
 * stdout) is off. Retries are ours: the SDK sleeps through an abort. An error status rejects with an `HttpError` as the
 * `cause`; `toCotError` reads it.
 */
export async function openClient(connection: Connection): Promise<OpenAI> {
  const { OpenAI } = await import("openai/client");
  const fetch = apiFetch(connection) as unknown as SdkFetch & { Response: typeof Response };
  /** By path: the SDK takes a URL apart and puts it together again, and most requests go to the same one. */
  const urls = new Map<string, string>();
  class Client extends OpenAI {
    /** What is sent is decided here; the SDK builds a dozen headers of its own for each request, which nobody gets. */
    override async buildRequest(...[options, retries]: Parameters<OpenAI["buildRequest"]>) {
      const { method, path, query, body, signal } = options;
      if (!isPlain(body)) return super.buildRequest(options, retries);
      const req = { method, headers: jsonHeaders, body: JSON.stringify(body), ...(signal && { signal }) };
      let url = query ? undefined : urls.get(path);
      if (url === undefined) {
        url = this.buildURL(path, query as Record<string, unknown>);
        if (!query) urls.set(path, url);
      }
      return { req: req as never, url, timeout: 0 };
    }

    /** Without the SDK's own time-out: the transport watches for silence, and there is no limit on the whole. */
    override fetchWithTimeout(url: Parameters<SdkFetch>[0], init: Parameters<SdkFetch>[1]) {
      return fetch(url, init);
    }
  }
  return new Client({
    baseURL: connection.baseUrl,
    defaultQuery: connection.query,
    // never sent: `ownHeaders` replaces it
    apiKey: "none",
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: "off",
    maxRetries: 0,
    fetch,
  });
}

/** The transport with our headers, and with errors as errors. */
function apiFetch(connection: Connection): Fetch & { Response: typeof Response } {
  const withJson = ownHeaders(connection, jsonHeaders);
  const fetch: Fetch = async (url, init = {}) => {
    const headers = init.headers === jsonHeaders ? withJson : ownHeaders(connection, init.headers);
    const response = await connection.fetch(url, { ...init, headers });
    connection.onRateLimit?.(readRateLimit(response.headers));
    if (response.ok) return response;
    throw new HttpError(response.status, await response.text(), response.headers);
  };
  return Object.assign(fetch, { Response });
}

const jsonHeaders = new Headers({ accept: "application/json", "content-type": "application/json" });

/** Not a form, which the SDK writes. */
function isPlain(body: unknown): body is object {
  return typeof body === "object" && body !== null && Object.getPrototypeOf(body) === Object.prototype;
}

/** What is sent; of the SDK's own headers only those that describe the body. */
function ownHeaders(connection: Connection, given: HeadersInit): Headers {
  // the SDK's are the platform's own where this runs outside the bundle
  const described = isHeaders(given) ? given : new Headers(given);
  const headers = new Headers({ "user-agent": "cot-cli" });
  for (const name of ["accept", "content-type"]) {
    const value = described.get(name);
    if (value !== null) headers.set(name, value);
  }
  if (connection.key !== undefined) headers.set("authorization", `Bearer ${connection.key}`);
  for (const [name, value] of Object.entries(connection.headers)) headers.set(name, value);
  return headers;
}

function isHeaders(given: HeadersInit): given is Headers {
  return typeof given === "object" && given !== null && typeof (given as Partial<Headers>).get === "function";
}

/** What may be shown of a request's headers: nothing that could be a secret. */
export function redactedHeaders(connection: Connection): Record<string, string> {
  const headers = ownHeaders(connection, jsonHeaders);
  return Object.fromEntries(
    [...headers].map(([name, value]) => {
      if (!isSecretName(name)) return [name, value];
      return [name, /^(Bearer|Basic) /.exec(value)?.[0] ?? ""].map((part, i) =>
        i === 0 ? part : `${part}[redacted]`,
      );
    }),
  ) as Record<string, string>;
}
