import { afterEach, expect, test } from "vitest";

import { embed, embeddingModelAmong, unpacked } from "../../src/models/embeddings.ts";
import { openBudget } from "../../src/models/middleware/budget.ts";
import { openModel } from "../../src/models/open.ts";
import type { TestServer } from "../e2e/server/script.ts";
import { startServer } from "../e2e/server/start.ts";

let server: TestServer | undefined;
afterEach(() => server?.close());

const open = (more: object = {}) =>
  openModel({ provider: null, model: "chat" }, { baseUrl: server!.url, retries: 0, ...more });

test("a text's vector, a byte a dimension", async () => {
  server = await startServer({}, { embed: (text) => [text.length / 10, -0.25, 0.5] });
  const model = await open();
  expect([...unpacked(await embed(model.embedder!("e"), "12345"))]).toEqual([127, -63, 127]);
  expect(server.allRequests.at(-1)).toMatchObject({
    url: "/v1/embeddings",
    body: { model: "e", input: "12345", encoding_format: "float" },
  });
  expect(server.requests).toEqual([]);
});

test("an endpoint without them refuses", async () => {
  server = await startServer();
  await expect(embed((await open()).embedder!("e"), "x")).rejects.toMatchObject({ code: "refused" });
  await server.close();
  server = await startServer({}, { embed: () => [] });
  await expect(embed((await open()).embedder!("e"), "x")).rejects.toMatchObject({ code: "malformed" });
});

test("they count in a run's budget", async () => {
  server = await startServer({}, { embed: () => [1] });
  const budget = openBudget({ maxRequests: 1, maxTokensTotal: 1000 });
  const embedder = (await open({ budget })).embedder!("e");
  await embed(embedder, "x");
  expect(budget.spent).toMatchObject({ requests: 1, tokens: 4 });
  await expect(embed(embedder, "y")).rejects.toMatchObject({ code: "budget" });
});

test.each([
  [["gpt-5", "text-embedding-3-large", "text-embedding-3-small"], "text-embedding-3-small"],
  [["qwen3:8b", "nomic-embed-text:latest"], "nomic-embed-text:latest"],
  [["BAAI/bge-reranker-v2-m3", "BAAI/bge-m3"], "BAAI/bge-m3"],
  [["gpt-5", "large-e5"], undefined],
])("of %j %s embeds", (models, name) => {
  expect(embeddingModelAmong(models)).toBe(name);
});
