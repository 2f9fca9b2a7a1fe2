import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { listModels, probeLocalServers } from "../../src/models/list.ts";
import { startServer, type TestServer } from "../e2e/server/start.ts";

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

describe("listModels", () => {
  it("gives names in the endpoint's order, and sends the key", async () => {
    const server = await startServer({}, { models: ["b", "a"], keys: ["k"] });
    servers.push(server);
    expect(await listModels({ provider: null }, { baseUrl: server.url, key: "k" })).toEqual(["b", "a"]);
    await expect(listModels({ provider: null }, { baseUrl: server.url })).rejects.toMatchObject({
      code: "key",
    });
  });

  it("says when nobody listens, or something else does", async () => {
    await expect(listModels({ provider: null }, { baseUrl: "http://127.0.0.1:1/v1" })).rejects.toMatchObject({
      code: "network",
    });
    const page = createServer((_request, response) => response.end("<html>Open WebUI</html>"));
    await new Promise<void>((resolve) => page.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void page.close());
    const { port } = page.address() as AddressInfo;
    await expect(
      listModels({ provider: null }, { baseUrl: `http://127.0.0.1:${port}` }),
    ).rejects.toMatchObject({ code: "malformed", hint: expect.stringContaining("/v1") as string });
  });
});

describe("probeLocalServers", () => {
  it("finds the one that answers, by its preset's own variable", async () => {
    const server = await startServer({}, { models: ["qwen3:4b"] });
    servers.push(server);
    const environment = { OLLAMA_HOST: `127.0.0.1:${String(server.port)}` };
    const found = await probeLocalServers({ environment });
    expect(found).toContainEqual({ provider: "ollama", baseUrl: server.url, models: ["qwen3:4b"] });
    expect(server.allRequests[0]!.headers).not.toHaveProperty("authorization");
  });
});
