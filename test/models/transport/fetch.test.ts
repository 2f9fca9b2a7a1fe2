import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import zlib from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { createFetch } from "../../../src/models/transport/fetch.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** A server with its requests' bodies read; its URL ends without a slash. */
async function serve(
  handler: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<string> {
  const listener: RequestListener = (request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      handler(request, response, body);
    });
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(
    () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

const open = (timeoutMs = 60_000) => createFetch({ timeoutMs, environment: {} });

describe("fetch", () => {
  it("sends method, headers and body, and gives status, headers and body", async () => {
    const url = await serve((request, response, body) => {
      response.writeHead(201, "Made", { "x-one": "1", "set-cookie": ["a=1", "b=2"] });
      response.end(JSON.stringify({ method: request.method, key: request.headers["x-key"], body }));
    });
    const response = await open()(`${url}/a?b=1`, {
      method: "post",
      headers: { "X-Key": "k" },
      body: "17×24",
    });
    expect(response).toMatchObject({
      status: 201,
      statusText: "Made",
      ok: true,
      redirected: false,
      url: `${url}/a?b=1`,
    });
    expect(response.headers.get("X-ONE")).toBe("1");
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(await response.json()).toEqual({ method: "POST", key: "k", body: "17×24" });
    expect(response.bodyUsed).toBe(true);
    await expect(response.text()).rejects.toThrow("read before");
  });

  it("uses a connection again", async () => {
    const ports = new Set<number | undefined>();
    const url = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end("x");
    });
    const fetch = open();
    for (let i = 0; i < 5; i++) await (await fetch(url)).text();
    expect(ports.size).toBe(1);
  });

  it("uses a connection again whose reply was not read to its end, and gives up one that never ends", async () => {
    const ports = new Set<number | undefined>();
    let closed = 0;
    const url = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.once("close", () => closed++).write("first");
      if (request.url === "/ends") setImmediate(() => response.end("last"));
    });
    const fetch = open();
    const readFirst = async (path: string) => {
      for await (const chunk of (await fetch(url + path)).body!) return Buffer.from(chunk).toString();
    };
    for (let i = 0; i < 3; i++) expect(await readFirst("/ends")).toMatch(/^first/);
    expect(ports.size).toBe(1);
    expect(await readFirst("/never-ends")).toBe("first");
    await expect.poll(() => closed).toBe(4);
  });

  it.each([
    ["gzip", zlib.gzipSync],
    ["x-gzip", zlib.gzipSync],
    ["br", zlib.brotliCompressSync],
    ["deflate", zlib.deflateSync],
    ["deflate", zlib.deflateRawSync],
    ["identity", (text: string) => Buffer.from(text)],
  ] as const)("undoes content-encoding %s", async (encoding, compress) => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { "content-encoding": encoding }).end(compress("408 ".repeat(1000)));
    });
    expect(await (await open()(url)).text()).toBe("408 ".repeat(1000));
  });

  it("undoes several encodings in their order", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip, br" });
      response.end(zlib.brotliCompressSync(zlib.gzipSync("408")));
    });
    expect(await (await open()(url)).text()).toBe("408");
  });

  it("gives a compressed stream's pieces as they come", async () => {
    let finish: () => void = () => undefined;
    const url = await serve((_request, response) => {
      const gzip = zlib.createGzip();
      response.writeHead(200, { "content-encoding": "gzip" });
      gzip.pipe(response);
      gzip.write("first");
      gzip.flush();
      finish = () => gzip.end("second");
    });
    const chunks: string[] = [];
    for await (const chunk of (await open()(url)).body!) {
      chunks.push(Buffer.from(chunk).toString());
      finish();
    }
    expect(chunks).toEqual(["first", "second"]);
  });

  it("fails for damaged, cut-off and unknown encodings", async () => {
    const whole = zlib.gzipSync("408 ".repeat(1000));
    const bodies: Record<string, [string, Buffer]> = {
      "/damaged": ["gzip", Buffer.from("not gzip")],
      "/cut": ["gzip", whole.subarray(0, whole.length / 2)],
      "/unknown": ["zstd-9", whole],
    };
    const url = await serve((request, response) => {
      const [encoding, body] = bodies[request.url!]!;
      response.writeHead(200, { "content-encoding": encoding }).end(body);
    });
    for (const path of Object.keys(bodies)) {
      const response = await open()(url + path);
      await expect(response.text(), path).rejects.toThrow();
    }
  });

  it.each([
    [301, "GET", ""],
    [302, "GET", ""],
    [303, "GET", ""],
    [307, "POST", "body"],
    [308, "POST", "body"],
  ])("follows a %i as %s", async (status, method, sent) => {
    const url = await serve((request, response, body) => {
      if (request.url === "/a") response.writeHead(status, { location: "/b" }).end("gone");
      else
        response.end(JSON.stringify({ method: request.method, body, type: request.headers["content-type"] }));
    });
    const response = await open()(`${url}/a`, {
      method: "POST",
      body: "body",
      headers: { "content-type": "text/x" },
    });
    expect(response).toMatchObject({ redirected: true, url: `${url}/b` });
    const type = sent === "" ? {} : { type: "text/x" };
    expect(await response.json()).toEqual({ method, body: sent, ...type });
  });

  it("sends no key along a redirect to another host", async () => {
    const seen: IncomingMessage["headers"][] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers);
      response.end("x");
    });
    const url = await serve((_request, response) => response.writeHead(307, { location: other }).end());
    const headers = {
      authorization: "Bearer secret",
      "x-api-key": "secret",
      cookie: "secret",
      accept: "a/b",
    };
    await open()(url, { method: "POST", headers, body: "x" });
    expect(JSON.stringify(seen)).not.toContain("secret");
    expect(seen[0]).toMatchObject({ accept: "a/b" });
  });

  it("keeps the key along a redirect on the same origin, and gives up on a circle", async () => {
    let requests = 0;
    const url = await serve((request, response) => {
      requests++;
      expect(request.headers.authorization).toBe("Bearer secret");
      response.writeHead(307, { location: "/again" }).end();
    });
    await expect(open()(url, { headers: { authorization: "Bearer secret" } })).rejects.toMatchObject({
      code: "malformed",
      message: expect.stringContaining("more than 10 redirects") as string,
    });
    expect(requests).toBe(11);
  });

  it.each(["ftp://elsewhere/", "http://["])("follows no redirect to %s", async (location) => {
    const url = await serve((_request, response) => response.writeHead(307, { location }).end());
    await expect(open()(url)).rejects.toMatchObject({ code: "malformed" });
  });

  it("stops at the signal before, during and after the headers", async () => {
    const url = await serve((request, response) => {
      if (request.url === "/headers") response.writeHead(200).write("some");
    });
    const fetch = open();
    await expect(fetch(url, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: "AbortError" });
    const before = new AbortController();
    const waiting = fetch(url, { signal: before.signal });
    setImmediate(() => {
      before.abort();
    });
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
    const during = new AbortController();
    const response = await fetch(`${url}/headers`, { signal: during.signal });
    await expect(
      (async () => {
        for await (const chunk of response.body!) if (chunk.length > 0) during.abort();
      })(),
    ).rejects.toMatchObject({ name: "AbortError" });
  });

  it("gives up on silence before the first byte and between bytes", async () => {
    const url = await serve((request, response) => {
      if (request.url === "/between") response.writeHead(200).write("some");
    });
    await expect(open(20)(url)).rejects.toMatchObject({ name: "SilenceError" });
    const response = await open(20)(`${url}/between`);
    await expect(response.text()).rejects.toMatchObject({ name: "SilenceError" });
  });

  it("says when a connection is refused or cut off", async () => {
    const url = await serve((_request, response) => response.socket!.destroy());
    await expect(open()(url)).rejects.toMatchObject({ code: "ECONNRESET" });
    await expect(open()("http://127.0.0.1:1")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  it("fails in the body where the connection breaks there", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("some", () => response.socket!.destroy());
    });
    const response = await open()(url);
    await expect(response.text()).rejects.toThrow();
  });

  it("writes a form as multipart, for uploads", async () => {
    const url = await serve((request, response, body) => {
      response.end(JSON.stringify({ type: request.headers["content-type"], body }));
    });
    const form = new FormData();
    form.set("purpose", "batch");
    form.set("file", new Blob(["{}\n"]), "requests.jsonl");
    const reply = (await (await open()(url, { method: "POST", body: form })).json()) as {
      type: string;
      body: string;
    };
    expect(reply.type).toMatch(/^multipart\/form-data; boundary=/);
    expect(reply.body).toContain('name="purpose"');
    expect(reply.body).toContain('filename="requests.jsonl"');
  });

  it("has no body to read for HEAD and 204", async () => {
    const url = await serve((request, response) =>
      response.writeHead(request.method === "HEAD" ? 200 : 204).end(),
    );
    expect(await (await open()(url, { method: "HEAD" })).text()).toBe("");
    expect(await (await open()(url)).text()).toBe("");
  });
});
