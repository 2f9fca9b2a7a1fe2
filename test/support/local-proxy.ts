import { createServer, request as forward } from "node:http";
import { connect, type AddressInfo } from "node:net";

export interface LocalProxy {
  url: string;
  /** `GET http://…` for plain requests, `CONNECT host:port` for tunnels, in order. */
  seen: string[];
  /** The `Proxy-Authorization` of each. */
  authorizations: (string | undefined)[];
  close(): Promise<void>;
}

/**
 * A forward proxy on loopback. Every tunnel ends at `127.0.0.1`, whatever host was asked for.
 * @param tunnelPort where it ends there; default: at the port that was asked for
 */
export async function startProxy(tunnelPort?: number): Promise<LocalProxy> {
  const seen: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const server = createServer((incoming, outgoing) => {
    seen.push(`${incoming.method ?? ""} ${incoming.url ?? ""}`);
    authorizations.push(incoming.headers["proxy-authorization"]);
    const target = new URL(incoming.url ?? "");
    const headers = { ...incoming.headers };
    delete headers.host;
    delete headers["proxy-authorization"];
    const onward = forward(
      {
        host: "127.0.0.1",
        port: target.port,
        path: target.pathname + target.search,
        method: incoming.method,
        headers,
      },
      (reply) => {
        outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(outgoing);
      },
    );
    incoming.pipe(onward);
  });
  server.on("connect", (incoming, socket, head) => {
    seen.push(`CONNECT ${incoming.url ?? ""}`);
    authorizations.push(incoming.headers["proxy-authorization"]);
    const onward = connect(tunnelPort ?? Number(incoming.url?.split(":")[1]), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    seen,
    authorizations,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
