import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeAll, type DecodeRequest, type Decoded } from "../../src/transformer/decode.ts";
import type { Engine } from "../../src/transformer/engine.ts";
import { loadModel } from "../../src/transformer/load.ts";
import { spread } from "../../src/transformer/pool.ts";
import { writeSafetensors } from "../../src/transformer/safetensors.ts";
import { tokenizerFile } from "../../src/transformer/vocabulary.ts";
import { openWorkerEngine } from "../../src/transformer/worker-engine.ts";
import { randomTensors, tinyConfig } from "./reference.ts";

const request = (seed: number, changes: Partial<DecodeRequest> = {}): DecodeRequest => ({
  prompt: [1, 5, 9],
  temperature: 1,
  seed,
  maxTokens: 20,
  stop: [0],
  ...changes,
});

/** Keeps what it is sent until it is told to finish. */
function heldEngine(): Engine & { finish(): void } {
  const held: (() => void)[] = [];
  return {
    get size() {
      return held.length;
    },
    decode: () =>
      new Promise((resolve) => {
        held.push(() => resolve({ tokens: [], logProbabilities: [], certainty: 1, finishReason: "stop" }));
      }),
    finish: () => held.splice(0).forEach((each) => each()),
  };
}

describe("an engine for all cores", () => {
  it("opens others one by one, only once those there are have enough, and keeps what is watched", async () => {
    const first = heldEngine();
    const others: ReturnType<typeof heldEngine>[] = [];
    const engine = spread(
      first,
      () => {
        others.push(heldEngine());
        return others.at(-1)!;
      },
      2,
    );
    const all: Promise<Decoded>[] = [];
    const ask = (count: number, changes?: Partial<DecodeRequest>) => {
      for (let i = 0; i < count; i++) all.push(engine.decode(request(i, changes)));
      return [first, ...others].map(({ size }) => size);
    };
    expect(ask(16)).toEqual([16]);
    expect(ask(1)).toEqual([16, 1]);
    expect(ask(15)).toEqual([16, 16]);
    expect(ask(40)).toEqual([24, 24, 24]);
    expect(ask(3, { onToken: () => undefined })).toEqual([27, 24, 24]);
    expect(engine.size).toBe(75);
    for (const each of [first, ...others]) each.finish();
    expect(await Promise.all(all)).toHaveLength(75);
  });
});

describe("an engine on a thread of its own", () => {
  let directory = "";
  let file = "";
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "cot-worker-"));
    file = join(directory, "decode-worker.cjs");
    const config = tinyConfig({ vocab_size: 120 });
    await writeFile(join(directory, "config.json"), JSON.stringify(config));
    await writeFile(join(directory, "tokenizer.json"), JSON.stringify(tokenizerFile([" is"])));
    await writeFile(join(directory, "model.safetensors"), writeSafetensors(randomTensors(config, 4)));
    await build({
      entryPoints: ["src/transformer/decode-worker.ts"],
      outfile: file,
      bundle: true,
      platform: "node",
      format: "cjs",
      logLevel: "error",
      define: { "import.meta.url": "__filename" },
    });
  });
  afterAll(() => rm(directory, { recursive: true }));

  it("gives the very tokens that this thread gives", async () => {
    const { network } = await loadModel(directory);
    const engine = openWorkerEngine(file, directory);
    const requests = Array.from({ length: 20 }, (_, seed) => request(seed));
    const all = requests.map((each) => engine.decode(each));
    expect(engine.size).toBe(20);
    expect(await Promise.all(all)).toEqual(decodeAll(network, requests));
    expect(engine.size).toBe(0);
  });

  it("drops what is aborted", async () => {
    const engine = openWorkerEngine(file, directory);
    const abort = new AbortController();
    const dropped = engine.decode(request(1, { maxTokens: Infinity }), abort.signal);
    const kept = engine.decode(request(2));
    abort.abort(new Error("enough"));
    await expect(dropped).rejects.toThrow("enough");
    expect((await kept).tokens.length).toBeGreaterThan(0);
    await expect(engine.decode(request(1), abort.signal)).rejects.toThrow("enough");
  });

  it("passes on what goes wrong there", async () => {
    const engine = openWorkerEngine(file, join(directory, "missing"));
    await expect(engine.decode(request(1))).rejects.toThrow(/missing/);
    const tooLong = new Array<number>(65).fill(1);
    await expect(openWorkerEngine(file, directory).decode(request(1, { prompt: tooLong }))).rejects.toThrow(
      /65 tokens/,
    );
    const gone = openWorkerEngine(join(directory, "no-such-file.cjs"), directory);
    await expect(gone.decode(request(1))).rejects.toThrow(/no-such-file/);
    await expect(gone.decode(request(1))).rejects.toThrow(/no-such-file/);
  });
});
