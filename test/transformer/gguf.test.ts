import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeGguf } from "../../src/transformer/gguf.ts";
import { fromFloat16, writeSafetensors, type Tensors } from "../../src/transformer/safetensors.ts";
import { tokenizerFile } from "../../src/transformer/vocabulary.ts";
import { randomTensors, referenceLogits, tinyConfig } from "./reference.ts";

/** A reader of the container, written from its specification. */
function readGguf(file: Uint8Array) {
  const view = new DataView(file.buffer, file.byteOffset);
  let at = 0;
  const take = <Value>(size: number, value: Value): Value => {
    at += size;
    return value;
  };
  const uint32 = () => take(4, view.getUint32(at, true));
  const uint64 = () => Number(take(8, view.getBigUint64(at, true)));
  const string = () => {
    const length = uint64();
    return take(length, new TextDecoder().decode(file.subarray(at, at + length)));
  };
  const readers: Record<number, () => unknown> = {
    4: uint32,
    5: () => take(4, view.getInt32(at, true)),
    6: () => take(4, view.getFloat32(at, true)),
    7: () => take(1, view.getUint8(at) === 1),
    8: string,
    9: () => {
      const type = uint32();
      return Array.from({ length: uint64() }, () => readers[type]!());
    },
  };
  expect(take(4, new TextDecoder().decode(file.subarray(0, 4)))).toBe("GGUF");
  expect(uint32()).toBe(3);
  const tensorCount = uint64();
  const keys = uint64();
  const metadata = new Map<string, unknown>();
  for (let i = 0; i < keys; i++) {
    const key = string();
    metadata.set(key, readers[uint32()]!());
  }
  const entries = Array.from({ length: tensorCount }, () => {
    const name = string();
    const shape = Array.from({ length: uint32() }, uint64).reverse();
    return { name, shape, type: uint32(), offset: uint64() };
  });
  const dataStart = Math.ceil(at / 32) * 32;
  const tensors: Tensors = new Map();
  for (const { name, shape, type, offset } of entries) {
    expect(offset % 32).toBe(0);
    const start = dataStart + offset;
    const size = shape.reduce((product, length) => product * length) * (type === 1 ? 2 : 4);
    const raw = new Uint8Array(file.subarray(start, start + size)).buffer;
    tensors.set(name, {
      shape,
      data: type === 1 ? fromFloat16(new Uint16Array(raw)) : new Float32Array(raw),
    });
  }
  return { metadata, tensors, types: new Map(entries.map(({ name, type }) => [name, type])) };
}

/** Back to Hugging Face's names, for the readable forward pass. */
const longNames: [string, string][] = [
  ["token_embd", "model.embed_tokens"],
  ["output_norm", "model.norm"],
  ["attn_norm", "input_layernorm"],
  ["attn_output", "self_attn.o_proj"],
  ["ffn_norm", "post_attention_layernorm"],
  ...["q", "k", "v"].map((each): [string, string] => [`attn_${each}`, `self_attn.${each}_proj`]),
  ...["gate", "up", "down"].map((each): [string, string] => [`ffn_${each}`, `mlp.${each}_proj`]),
];

async function modelAsGguf() {
  const file = tokenizerFile(["what", " is"]);
  const config = tinyConfig({ vocab_size: file.added_tokens.length + 100 });
  const directory = await mkdtemp(join(tmpdir(), "cot-gguf-"));
  const tensors = randomTensors(config, 9);
  try {
    await writeFile(join(directory, "config.json"), JSON.stringify(config));
    await writeFile(join(directory, "tokenizer.json"), JSON.stringify(file));
    await writeFile(join(directory, "model.safetensors"), writeSafetensors(tensors));
    return { config, tensors, file, gguf: readGguf(await writeGguf(directory)) };
  } finally {
    await rm(directory, { recursive: true });
  }
}

describe("a model as GGUF", () => {
  it("computes the same with llama.cpp's rotation of neighbours", async () => {
    const { config, tensors, gguf } = await modelAsGguf();
    const renamed: Tensors = new Map();
    for (const [name, tensor] of gguf.tensors) {
      const [short, long] = longNames.find(([each]) => name.includes(each))!;
      renamed.set(name.replace("blk.", "model.layers.").replace(short, long), tensor);
    }
    expect([...renamed.keys()].sort()).toEqual([...tensors.keys()].sort());
    const tokens = [1, 9, 30, 30, 4, 77];
    const expected = referenceLogits(config, tensors, tokens).flat();
    const actual = referenceLogits(config, renamed, tokens, "neighbours").flat();
    const worst = Math.max(...expected.map((value, i) => Math.abs(value - actual[i]!)));
    expect(worst).toBeLessThan(0.02);
  });

  it("keeps gains in single precision and matrices in half", async () => {
    const { gguf } = await modelAsGguf();
    for (const [name, type] of gguf.types) expect(type).toBe(name.includes("norm") ? 0 : 1);
  });

  it("says how it is built and how its text is cut", async () => {
    const { config, file, gguf } = await modelAsGguf();
    const { metadata } = gguf;
    expect(metadata.get("general.architecture")).toBe("llama");
    expect(metadata.get("llama.context_length")).toBe(64);
    expect(metadata.get("llama.embedding_length")).toBe(24);
    expect(metadata.get("llama.rope.dimension_count")).toBe(12);
    expect(metadata.get("tokenizer.ggml.pre")).toBe("llama-bpe");
    const tokens = metadata.get("tokenizer.ggml.tokens") as string[];
    const types = metadata.get("tokenizer.ggml.token_type") as number[];
    expect(tokens).toHaveLength(config.vocab_size);
    expect(new Set(tokens).size).toBe(config.vocab_size);
    for (const [token, id] of Object.entries(file.model.vocab)) expect(tokens[id]).toBe(token);
    expect(types[tokens.indexOf("<|reason|>")]).toBe(3);
    expect(types[tokens.indexOf("Answer: ")]).toBe(4);
    expect(types[tokens.indexOf("Ġis")]).toBe(1);
    expect(metadata.get("tokenizer.ggml.merges")).toContain("Ã Ĺ");
  });
});
