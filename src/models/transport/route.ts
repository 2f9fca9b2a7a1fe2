import type http from "node:http";
import { urlToHttpOptions } from "node:url";

import { createAgents } from "./agents.ts";
import { proxyFor, type Environment } from "./proxy.ts";

/** How a URL is reached. */
export interface Route {
  client: Pick<typeof http, "request">;
  /** For `client.request`: all but method and headers. */
  options: http.RequestOptions;
  /** That belong to the way. */
  headers: Readonly<Record<string, string>>;
  proxy: URL | undefined;
}

/** Finds routes; that of the last URL is remembered, for a run asks the same one again and again. */
export function createRoutes(environment: Environment): (url: URL) => Promise<Route> {
  const agents = createAgents();
  let last: { href: string; route: Promise<Route> } | undefined;

  async function find(url: URL): Promise<Route> {
    const proxy = proxyFor(url, environment);
    // a proxy is spoken to in absolute URLs for http, and through a tunnel for https
    const plainProxy = url.protocol === "http:" ? proxy : undefined;
    const peer = plainProxy ?? url;
    const { client, agent } = await agents(peer, plainProxy === undefined ? proxy : undefined);
    const { protocol, hostname, port, path } = urlToHttpOptions(peer);
    return {
      client,
      options: { protocol, hostname, port, path: plainProxy === undefined ? path : url.href, agent },
      headers: { host: url.host, ...(plainProxy && authorization(plainProxy)) },
      proxy,
    };
  }

  return (url) => {
    if (last?.href !== url.href) last = { href: url.href, route: find(url) };
    return last.route;
  };
}

function authorization({ username, password }: URL): Record<string, string> {
  if (username === "") return {};
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(user).toString("base64")}` };
}
