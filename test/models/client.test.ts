import { spawn } from "node:child_process";
import { afterAll, describe, expect, it } from "vitest";
import { startServer } from "../e2e/server/start.ts";

const server = await startServer({ text: "408" });
afterAll(() => server.close());
const open = new URL("../../src/models/open.ts", import.meta.url).href;

/** Asks once in a process of its own, whose environment is full of traps. */
function askWith(environment: Record<string, string>, settings: object): Promise<string> {
  const script = `
    const { openModel } = await import(${JSON.stringify(open)});
    const model = await openModel({ provider: null, model: "m" }, ${JSON.stringify({ baseUrl: server.url, ...settings })});
    const request = { messages: [], question: "", strategy: "direct", samples: 1, firstSample: 0 };
    for await (const event of model.generate(request)) if (event.type === "finish") console.log(event.completions[0].text);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
  return new Promise((resolve) => {
    child.on("close", () => {
      resolve(stdout);
    });
  });
}

const traps = {
  OPENAI_API_KEY: "leak-key",
  OPENAI_ADMIN_KEY: "leak-admin",
  OPENAI_ORG_ID: "leak-organisation",
  OPENAI_PROJECT_ID: "leak-project",
  OPENAI_CUSTOM_HEADERS: "x-leak: leak-header",
  OPENAI_BASE_URL: "http://127.0.0.1:1/leak",
  OPENAI_WEBHOOK_SECRET: "leak-webhook",
  OPENAI_LOG: "debug",
};

describe("the client", () => {
  it("lets nothing of the environment through, and nothing but the answer to stdout", async () => {
    expect(await askWith(traps, {})).toBe("408\n");
    const { headers } = server.requests.at(-1)!;
    expect(JSON.stringify(headers)).not.toContain("leak");
    expect(headers).not.toHaveProperty("authorization");
    expect(Object.keys(headers).filter((name) => name.startsWith("x-stainless"))).toEqual([]);
  });

  it("sends the key and headers that it was given", async () => {
    expect(await askWith(traps, { key: "mine", headers: { "X-Mine": "1" } })).toBe("408\n");
    expect(server.requests.at(-1)!.headers).toMatchObject({ authorization: "Bearer mine", "x-mine": "1" });
  });
});
