import { describe, expect, test } from "vitest";

import { CotError } from "../../../src/errors.ts";
import { cache, NotStored } from "../../../src/models/middleware/cache.ts";
import { memoryStore } from "../../../src/models/memory-store.ts";
import { openStore } from "../../../src/models/store.ts";
import { openCacheDirectory } from "../../../src/models/cache-directory.ts";
import type { Completion, Model, ModelRequest } from "../../../src/models/model.ts";
import { mockModel } from "../../support/mock-model.ts";
import { runFolder } from "../../support/run-folder.ts";

function request(more: Partial<ModelRequest> = {}): ModelRequest {
  const messages = [{ role: "user" as const, content: "1+1?" }];
  return { messages, question: "1+1?", strategy: "direct", samples: 1, firstSample: 0, ...more };
}

async function ask(model: Model, asked: ModelRequest): Promise<Completion[]> {
  for await (const event of model.generate(asked)) if (event.type === "finish") return event.completions;
  throw new Error("no finish");
}

describe("cache", () => {
  test("asks once for the same request, and again for another", async () => {
    const inner = mockModel(["a", "b"]);
    const model = cache(memoryStore())(inner);
    expect((await ask(model, request()))[0]?.text).toBe("a");
    expect((await ask(model, request()))[0]?.text).toBe("a");
    expect((await ask(model, request({ temperature: 1 })))[0]?.text).toBe("b");
    expect(inner.requests).toHaveLength(2);
  });

  test("of several samples only those that are missing are asked for", async () => {
    const inner = mockModel((_, sample) => `s${sample}`);
    const model = cache(memoryStore())(inner);
    await ask(model, request({ samples: 2 }));
    const four = await ask(model, request({ samples: 4 }));
    expect(four.map(({ text, sample }) => [text, sample])).toEqual([
      ["s0", 0],
      ["s1", 1],
      ["s2", 2],
      ["s3", 3],
    ]);
    expect(inner.requests.map(({ firstSample, samples }) => [firstSample, samples])).toEqual([
      [0, 2],
      [2, 2],
    ]);
  });

  test("a seed goes with its sample, whatever request it comes in", async () => {
    const inner = mockModel((_, sample) => `s${sample}`);
    const model = cache(memoryStore())(inner);
    await ask(model, request({ seed: 7, samples: 2 }));
    await ask(model, request({ seed: 8, firstSample: 1 }));
    expect(inner.requests).toHaveLength(1);
  });

  test("two at the same time are one request", async () => {
    const inner = mockModel(["a"]);
    const model = cache(memoryStore())(inner);
    await Promise.all([ask(model, request()), ask(model, request())]);
    expect(inner.requests).toHaveLength(1);
  });

  test("keeps a refusal that would come again only where it is told to", async () => {
    const refusal = new CotError("refused", "too long", { status: 400 });
    for (const keepFailures of [true, false]) {
      const inner = mockModel([refusal]);
      const model = cache(memoryStore(), { keepFailures })(inner);
      await expect(ask(model, request())).rejects.toMatchObject({ code: "refused" });
      await expect(ask(model, request())).rejects.toMatchObject({ code: "refused", message: "too long" });
      expect(inner.requests).toHaveLength(keepFailures ? 1 : 2);
    }
  });

  test("a question outside what a model knows is so for every sample of it", async () => {
    for (const [code, sent] of [
      ["outside", 1],
      ["refused", 2],
    ] as const) {
      const inner = mockModel([new CotError(code, "no")]);
      const model = cache(memoryStore(), { keepFailures: true })(inner);
      await expect(ask(model, request({ samples: 3 }))).rejects.toMatchObject({ code });
      await expect(ask(model, request({ samples: 3 }))).rejects.toMatchObject({ code });
      await expect(ask(model, request({ samples: 1, firstSample: 2 }))).rejects.toMatchObject({ code });
      expect(inner.requests).toHaveLength(code === "outside" ? sent : sent + 1);
    }
  });

  test("never keeps what a run as a whole fails of", async () => {
    const inner = mockModel([new CotError("refused", "The model `x` does not exist", { status: 404 })]);
    const model = cache(memoryStore(), { keepFailures: true })(inner);
    await expect(ask(model, request())).rejects.toThrow();
    await expect(ask(model, request())).rejects.toThrow();
    expect(inner.requests).toHaveLength(2);
  });

  test("read only, it says that something is not stored", async () => {
    const model = cache(memoryStore(), { readOnly: true })(mockModel(["a"]));
    await expect(ask(model, request())).rejects.toBeInstanceOf(NotStored);
  });
});

describe("the store", () => {
  const entry = (key: string, text: string): { key: string; completion: Completion } => ({
    key,
    completion: {
      sample: 0,
      text,
      reasoningFrom: "text",
      finishReason: "stop",
      usage: { promptTokens: 1, completionTokens: 1, reasoningTokens: null, cachedTokens: null },
      latencyMs: 1,
    },
  });

  test("gives back what it holds after it was closed; the later entry counts", async () => {
    const path = runFolder().path("store");
    const first = await openStore(path, { header: { settings: { model: "m" } } });
    await first.put([entry("a.0", "one"), entry("b.0", "zwei — 2")]);
    await first.put([entry("a.0", "uno")]);
    await first.close();
    const second = await openStore(path);
    expect(second.header["settings"]).toEqual({ model: "m" });
    expect((await second.get("a.0"))?.completion?.text).toBe("uno");
    expect((await second.get("b.0"))?.completion?.text).toBe("zwei — 2");
    expect(await second.get("c.0")).toBeUndefined();
    await second.close();
  });

  // mutant: without the truncation the next entry joins the torn line, and both are lost
  test("drops a torn last line, and goes on after it", async () => {
    const folder = runFolder();
    const first = await openStore(folder.path("store"));
    await first.put([entry("a.0", "one")]);
    await first.close();
    folder.write("store", `${folder.read("store")}{"key":"b.0","completion":{"te`);
    const second = await openStore(folder.path("store"));
    await second.put([entry("c.0", "three")]);
    await second.close();
    const third = await openStore(folder.path("store"));
    expect(third.keys).toBe(2);
    expect((await third.get("c.0"))?.completion?.text).toBe("three");
    await third.close();
  });

  test("leaves a file alone that is something else", async () => {
    const folder = runFolder();
    for (const content of ["notes\n", "notes", '{"cot":"other"}\n']) {
      const path = folder.write("file", content);
      await expect(openStore(path)).rejects.toMatchObject({ code: "usage" });
      expect(folder.read("file")).toBe(content);
    }
  });

  test("a directory is shared: what one process has added, another finds", async () => {
    const path = runFolder().path("cache");
    const [one, other] = [await openCacheDirectory(path), await openCacheDirectory(path)];
    await one.get("ab12.0");
    await other.put([entry("ab12.0", "from the other")]);
    expect((await one.get("ab12.0"))?.completion?.text).toBe("from the other");
    await one.put([entry("ab13.0", "mine")]);
    expect((await other.get("ab13.0"))?.completion?.text).toBe("mine");
    await one.close();
    await other.close();
  });
});
