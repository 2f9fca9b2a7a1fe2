import { CotError } from "../errors.ts";

/** What the network threw, and what the transport knows of the connection it was thrown on. */
interface NetworkFailure {
  code?: string;
  message?: string;
  /** A kept-alive connection that had served a request before. */
  reusedSocket?: boolean;
  /** The proxy that was spoken to, with its port. */
  proxy?: string | undefined;
}

const noHttp = ["it does not speak HTTP", "Is this its port?"] as const;

/** In words of our own: what it says and, where there is something to do, what to do. */
const meanings: Record<string, readonly [says: string, hint?: string]> = {
  ECONNREFUSED: ["connection refused", "Is the server running, and is this its port?"],
  ENOTFOUND: ["no such host", "Check the spelling of the address, and whether this machine is online."],
  EAI_AGAIN: ["its name cannot be looked up", "Is this machine online?"],
  ENETUNREACH: ["there is no way to it", "Is this machine online?"],
  EHOSTUNREACH: ["there is no way to it", "Is this machine online, and the server's on?"],
  ECONNRESET: ["the connection was cut off"],
  EPIPE: ["the connection was cut off"],
  ETIMEDOUT: ["no connection in time"],
  HPE_INVALID_VERSION: noHttp,
  HPE_INVALID_CONSTANT: noHttp,
  EPROTO: ["it does not speak TLS", "Is its address http:// rather than https://?"],
};

/** Where a connection to a proxy fails so, the endpoint has no part in it. */
const proxysOwn = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH", "ETIMEDOUT"];

/** A connection that failed: temporary, whatever the reason. */
export function networkError(cause: unknown, host: string): CotError {
  const { code = "", message, reusedSocket, proxy } = cause as NetworkFailure;
  const [says, hint] = meanings[code] ?? [message || code || "the connection failed", certificateHint(code)];
  const blamesProxy = proxy !== undefined && proxysOwn.includes(code);
  const told = blamesProxy
    ? "HTTPS_PROXY, HTTP_PROXY and NO_PROXY say which proxy is used, and for what."
    : hint;
  return new CotError("network", `${host}: ${blamesProxy ? `its proxy ${proxy}: ` : ""}${says}`, {
    cause,
    ...(told === undefined ? {} : { hint: told }),
    // a kept-alive connection that the server had meanwhile closed says nothing about the server
    ...(reusedSocket === true && code === "ECONNRESET" ? { retryAfterMs: 0 } : {}),
  });
}

function certificateHint(code: string): string | undefined {
  return /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/.test(code)
    ? "NODE_EXTRA_CA_CERTS=FILE makes Node trust a certificate of your own."
    : undefined;
}
