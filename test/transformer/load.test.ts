import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadModel, weightsDirectory } from "../../src/transformer/load.ts";
import { writeSafetensors } from "../../src/transformer/safetensors.ts";
import { tokenizerFile } from "../../src/transformer/vocabulary.ts";
import { randomTensors, referenceLogits, tinyConfig } from "./reference.ts";

const config = tinyConfig({ vocab_size: 120 });
const tensors = randomTensors(config, 6, 0.1);
const manyWords = Array.from(
  { length: 60 },
  (_, i) => ` w${"xyz"[i % 3]}${"abcdefghijklmnopqrst"[Math.floor(i / 3)]}`,
);
let directory = "";
const write = (name: string, content: string | Uint8Array) => writeFile(join(directory, name), content);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "cot-load-"));
  await write("config.json", JSON.stringify(config));
  await write("tokenizer.json", JSON.stringify(tokenizerFile([" is"])));
  await write("model.safetensors", writeSafetensors(tensors));
});
afterEach(() => rm(directory, { recursive: true }));

describe("a model directory", () => {
  it("gives a network that computes with its weights, in half precision", async () => {
    const { network } = await loadModel(directory);
    const sequence = network.takePlace();
    const [logits] = network.forward([{ sequence, position: 0, token: 7 }], [0]);
    referenceLogits(config, tensors, [7])[0]!.forEach((value, i) => {
      expect(Math.abs(value - logits![i]!)).toBeLessThan(0.01);
    });
  });

  it("may say when its model refuses", async () => {
    expect((await loadModel(directory)).thresholds).toEqual({ outside: 0.5, certainty: 0 });
    await write("generation_config.json", '{"refusal":{"outside":0.2,"certainty":0.7}}');
    expect((await loadModel(directory)).thresholds).toEqual({ outside: 0.2, certainty: 0.7 });
    await write("generation_config.json", '{"eos_token_id":0}');
    expect((await loadModel(directory)).thresholds).toEqual({ outside: 0.5, certainty: 0 });
  });

  it.each([
    ["generation_config.json", '{"refusal":{"outside":"often"}}', /refusal\.outside is "often"/],
    ["generation_config.json", "{", /generation_config\.json is not JSON/],
    ["tokenizer.json", JSON.stringify(tokenizerFile(manyWords)), /tokens, vocab_size in .* is 120/],
    ["model.safetensors", "short", /not a safetensors file/],
  ])("is refused where %s does not fit", async (name, content, message) => {
    await write(name, content);
    await expect(loadModel(directory)).rejects.toThrow(message);
    await expect(loadModel(directory)).rejects.toMatchObject({ code: "usage" });
  });

  it("is refused where a file is missing, by its name", async () => {
    await rm(join(directory, "model.safetensors"));
    await expect(loadModel(directory)).rejects.toThrow(/cannot read .*model\.safetensors: there is no such/);
  });

  it("of the package stands beside the source", () => {
    expect(weightsDirectory("main")).toMatch(/src\/transformer\/weights\/main$/);
  });
});
