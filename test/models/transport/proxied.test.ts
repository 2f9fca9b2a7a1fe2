import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { createFetch } from "../../../src/models/transport/fetch.ts";
import { startServer } from "../../e2e/server/start.ts";
import { startProxy } from "../../support/local-proxy.ts";

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/tls/${name}`, import.meta.url));
const sources = new URL("../../../src/models/transport/", import.meta.url).href;

const proxy = await startProxy();
const server = await startServer();
const secure = createServer(
  { key: await readFile(fixture("key.pem")), cert: await readFile(fixture("certificate.pem")) },
  (_request, response) => response.end("over TLS"),
);
await new Promise<void>((resolve) => secure.listen(0, "127.0.0.1", resolve));
const securePort = String((secure.address() as AddressInfo).port);
afterAll(async () => {
  await Promise.all([proxy.close(), server.close()]);
  secure.closeAllConnections();
  secure.close();
});

describe("through a proxy", () => {
  it("asks it for absolute URLs, with its own credentials", async () => {
    const withUser = proxy.url.replace("http://", "http://user:p%40ss@");
    const fetch = createFetch({ timeoutMs: 60_000, environment: { HTTP_PROXY: withUser } });
    const url = `http://api.test:${String(server.port)}/v1/models`;
    const response = await fetch(url);
    expect(await response.json()).toMatchObject({ data: [{ id: "test-model" }] });
    expect(proxy.seen.at(-1)).toBe(`GET ${url}`);
    expect(proxy.authorizations.at(-1)).toBe(`Basic ${Buffer.from("user:p@ss").toString("base64")}`);
  });

  it("goes past it for what NO_PROXY names", async () => {
    const before = proxy.seen.length;
    const environment = { HTTP_PROXY: proxy.url, NO_PROXY: "127.0.0.1" };
    await createFetch({ timeoutMs: 60_000, environment })(`${server.url}/models`);
    expect(proxy.seen).toHaveLength(before);
  });

  // Node reads NODE_EXTRA_CA_CERTS when it starts, hence a process of its own
  it("tunnels TLS, and trusts the certificates of NODE_EXTRA_CA_CERTS", async () => {
    const url = `https://api.test:${securePort}/`;
    const script = `
      const { createFetch } = await import(${JSON.stringify(`${sources}fetch.ts`)});
      const fetch = createFetch({ timeoutMs: 60_000, environment: process.env });
      console.log(await (await fetch(${JSON.stringify(url)})).text());`;
    const environment = { ...process.env, HTTPS_PROXY: proxy.url, NO_PROXY: "", no_proxy: "" };
    const trusting = await run(script, { ...environment, NODE_EXTRA_CA_CERTS: fixture("certificate.pem") });
    expect(trusting).toMatchObject({ code: 0, stdout: "over TLS\n" });
    expect(proxy.seen.at(-1)).toBe(`CONNECT api.test:${securePort}`);
    const distrusting = await run(script, { ...environment, NODE_EXTRA_CA_CERTS: "" });
    expect(distrusting.code).not.toBe(0);
    expect(distrusting.stderr).toMatch(/SELF_SIGNED|self-signed/);
  });
});

interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

function run(script: string, env: NodeJS.ProcessEnv): Promise<Run> {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], { env });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}
