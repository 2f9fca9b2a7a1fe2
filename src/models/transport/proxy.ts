import { usageError } from "../../errors.ts";
import { bracketed } from "./ipv6.ts";

/** The process's environment, or what a test makes of it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that a URL is reached through, undefined for none: `HTTPS_PROXY` or `HTTP_PROXY` by the URL's scheme, else
 * `ALL_PROXY`; lower case wins, as in curl. `NO_PROXY` is a list of hosts, each with all below it, with an optional
 * port; a leading `.` or `*` takes the hosts below it only; `*` alone is everything.
 * @throws CotError (usage) where the proxy is no http or https address
 */
export function proxyFor(url: URL, environment: Environment): URL | undefined {
  const read = (name: string): string => environment[name] || environment[name.toUpperCase()] || "";
  const scheme = url.protocol.slice(0, -1);
  const proxy = read(`${scheme}_proxy`) || read("all_proxy");
  if (proxy === "" || isExcepted(url, read("no_proxy"))) return undefined;
  const address = proxy.includes("://") ? proxy : `http://${proxy}`;
  const parsed = URL.canParse(address) ? new URL(address) : undefined;
  if (parsed?.protocol === "http:" || parsed?.protocol === "https:") return parsed;
  throw usageError(
    // not shown: a password may stand in it
    `the proxy for ${url.host} is no http or https address`,
    "HTTPS_PROXY and HTTP_PROXY look like http://proxy:3128; NO_PROXY names hosts that need none.",
  );
}

function isExcepted(url: URL, list: string): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return list
    .toLowerCase()
    .split(/[,\s]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      if (entry === "*") return true;
      const [, name, onlyPort] = /^(.*?)(?::(\d+))?$/.exec(bracketed(entry))!;
      if (onlyPort !== undefined && onlyPort !== port) return false;
      const host = name!.replace(/^\*(?=\.)/, "");
      if (/^[.*]/.test(host)) return url.hostname.endsWith(host.replace(/^\*/, ""));
      return url.hostname === host || url.hostname.endsWith(`.${host}`);
    });
}
