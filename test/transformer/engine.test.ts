import { describe, expect, it } from "vitest";
import { decodeAll, type DecodeRequest } from "../../src/transformer/decode.ts";
import { createEngine } from "../../src/transformer/engine.ts";
import { createNetwork } from "../../src/transformer/network.ts";
import { randomTensors, tinyConfig } from "./reference.ts";

const config = tinyConfig();
const network = createNetwork(config, randomTensors(config, 5));
const request = (seed: number, changes: Partial<DecodeRequest> = {}): DecodeRequest => ({
  prompt: [1, seed],
  temperature: 1,
  seed,
  maxTokens: 20,
  stop: [],
  ...changes,
});

describe("the engine", () => {
  it("decodes requests that arrive together in the same steps", async () => {
    let steps = 0;
    const counting: typeof network = {
      ...network,
      forward(rows, wanted) {
        steps++;
        return network.forward(rows, wanted);
      },
    };
    const engine = createEngine(counting);
    const requests = Array.from({ length: 10 }, (_, seed) => request(seed));
    const results = await Promise.all(requests.map((each) => engine.decode(each)));
    expect(results).toEqual(decodeAll(network, requests));
    expect(steps).toBe(20);
    expect((await engine.decode(request(3))).tokens).toEqual(results[3]!.tokens);
  });

  it("lets others have the thread between tokens", async () => {
    const engine = createEngine(network);
    let turns = 0;
    let counting = setImmediate(function count() {
      turns++;
      counting = setImmediate(count);
    });
    const seen: number[] = [];
    await engine.decode(request(1, { maxTokens: 60, onToken: () => seen.push(turns) }));
    clearImmediate(counting);
    expect(new Set(seen).size).toBe(60);
  });

  it("drops what is aborted, at once, and goes on with the rest", async () => {
    const engine = createEngine(network);
    const abort = new AbortController();
    const reason = new Error("enough");
    let tokens = 0;
    const aborted = engine.decode(
      request(1, {
        onToken() {
          if (++tokens === 2) abort.abort(reason);
        },
      }),
      abort.signal,
    );
    const kept = engine.decode(request(2));
    await expect(aborted).rejects.toBe(reason);
    expect((await kept).tokens).toHaveLength(20);
    expect(tokens).toBe(2);
    await expect(engine.decode(request(1), abort.signal)).rejects.toBe(reason);
  });

  it("fails every request when a step fails, and can be asked again", async () => {
    let broken = true;
    const failing: typeof network = {
      ...network,
      forward(rows, wanted) {
        if (broken) throw new Error("broken");
        return network.forward(rows, wanted);
      },
    };
    const engine = createEngine(failing);
    const both = [engine.decode(request(1)), engine.decode(request(2))];
    for (const each of both) await expect(each).rejects.toThrow("broken");
    broken = false;
    expect((await engine.decode(request(1))).tokens).toHaveLength(20);
  });
});
