import type http from "node:http";

/** How a peer is connected to, perhaps through a tunnel. */
export type Agents = (peer: URL, tunnel: URL | undefined) => Promise<Route>;

export interface Route {
  client: Pick<typeof http, "request">;
  agent: http.Agent;
}

/** Keep-alive agents, one for each way. */
export function createAgents(): Agents {
  const routes = new Map<string, Promise<Route>>();
  return (peer, tunnel) => {
    const plain = peer.protocol === "http:";
    const name = plain ? "plain" : (tunnel?.href ?? "");
    let route = routes.get(name);
    if (route === undefined) routes.set(name, (route = plain ? plainRoute() : secureRoute(tunnel)));
    return route;
  };
}

/** Loaded where it is used: the built-in model needs none. */
async function plainRoute(): Promise<Route> {
  const { default: http } = await import("node:http");
  return { client: http, agent: new http.Agent({ keepAlive: true }) };
}

/** TLS is half of what a request to a local server would otherwise load. */
async function secureRoute(tunnel: URL | undefined): Promise<Route> {
  const { default: https } = await import("node:https");
  if (tunnel === undefined) return { client: https, agent: new https.Agent({ keepAlive: true }) };
  const { HttpsProxyAgent } = await import("https-proxy-agent");
  return { client: https, agent: new HttpsProxyAgent(tunnel, { keepAlive: true }) };
}
