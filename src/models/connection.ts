import { CotError, usageError } from "../errors.ts";
import { findProvider, providerAt, providerBaseUrl, type ModelSpec, type Provider } from "./providers.ts";
import type { RateLimit } from "./rate-limit.ts";
import type { ModelSettings } from "./settings.ts";
import { createFetch, type Fetch } from "./transport/fetch.ts";
import { Headers } from "./transport/headers.ts";

/** An endpoint: where it is and how it is spoken to. */
export interface Connection {
  /** The preset, also where a base URL of the user's own points at a preset's host. */
  provider: Provider | undefined;
  /** Without a trailing slash and without a query. */
  baseUrl: string;
  /** What a base URL had after its `?`. */
  query: Record<string, string>;
  /** With the port, where it is not the scheme's own. */
  host: string;
  key: string | undefined;
  /** `--header`. */
  headers: Readonly<Record<string, string>>;
  fetch: Fetch;
  onRateLimit?: (limit: RateLimit) => void;
}

const defaultTimeoutMs = 600_000;

/**
 * @throws CotError: `usage` for a base URL that is none, or a header that cannot be sent; `key` for a key that cannot be
 */
export function connect(spec: ModelSpec, settings: ModelSettings): Connection {
  const environment = settings.environment ?? {};
  const preset = spec.provider === null ? undefined : findProvider(spec.provider);
  const text = settings.baseUrl ?? (preset === undefined ? "" : providerBaseUrl(preset, environment));
  const url = parseBaseUrl(text, preset);
  const headers = settings.headers ?? {};
  checkHeaders(headers);
  const provider = preset ?? providerAt(url.host);
  checkKey(settings.key, url.host, provider);
  return {
    provider,
    baseUrl: `${url.origin}${url.pathname}`.replace(/\/+$/, ""),
    query: Object.fromEntries(url.searchParams),
    host: url.host,
    key: settings.key,
    headers: url.username === "" ? headers : { authorization: basicAuthorization(url), ...headers },
    fetch: createFetch({ timeoutMs: settings.timeoutMs ?? defaultTimeoutMs, environment }),
  };
}

function parseBaseUrl(text: string, preset: Provider | undefined): URL {
  const variable = preset?.baseUrlVariable;
  if (text === "") {
    throw usageError(
      `${preset?.name ?? "the model"} has no base URL`,
      variable === undefined ? "Give one with --base-url." : `Set ${variable}, or give --base-url.`,
    );
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    const whose = variable === undefined ? "" : ` (from ${variable}, unless --base-url says it)`;
    throw usageError(
      `${JSON.stringify(text)} is no base URL${whose}`,
      "A base URL looks like http://localhost:8000/v1.",
    );
  }
  url.pathname = url.pathname.replace(/\/chat\/completions\/?$/, "");
  return url;
}

/** Credentials in a URL (`http://user:password@host`) are sent as the header that they stand for. */
function basicAuthorization(url: URL): string {
  const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return `Basic ${Buffer.from(user).toString("base64")}`;
}

/** What no header may hold would fail in the middle of a request; the key itself is never shown. */
function checkKey(key: string | undefined, host: string, provider: Provider | undefined): void {
  if (key === undefined || /^[\x20-\x7e]+$/.test(key)) return;
  const found =
    key === "" ? "is empty" : "has a character that no header may have (a line break, or one beyond ASCII)";
  throw new CotError("key", `the key for ${host} ${found}`, {
    hint: `Look at ${provider?.keyVariable ?? "COT_API_KEY"}, or where else the key comes from.`,
  });
}

function checkHeaders(headers: Readonly<Record<string, string>>): void {
  try {
    new Headers(headers);
  } catch (error) {
    throw usageError(`--header: ${(error as Error).message}`);
  }
}
