import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { usageError } from "../errors.ts";
import { parseConfig, type TransformerConfig } from "./config.ts";
import { createNetwork, type Network } from "./network.ts";
import { readSafetensors } from "./safetensors.ts";
import { openTokenizer, type Tokenizer } from "./tokenizer.ts";

/** A model that can be asked. */
export interface LoadedModel {
  config: TransformerConfig;
  tokenizer: Tokenizer;
  network: Network;
}

export const shippedModels = ["main", "base", "small"] as const;
export type ShippedModel = (typeof shippedModels)[number];

/** Where a shipped model's files are: beside this module's source, or beside or above the bundle made of it. */
export function weightsDirectory(name: ShippedModel): string {
  const [beside, above] = ["./weights/", "../weights/"].map((place) =>
    fileURLToPath(new URL(place + name, import.meta.url)),
  );
  return existsSync(beside!) ? beside! : above!;
}

/**
 * Reads a model directory: `config.json`, `tokenizer.json`, `model.safetensors`.
 * @throws CotError `usage` where one is missing, damaged, or does not fit the others
 */
export async function loadModel(directory: string): Promise<LoadedModel> {
  const read = async (name: string): Promise<{ path: string; bytes: Buffer }> => {
    const path = join(directory, name);
    try {
      return { path, bytes: await readFile(path) };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw usageError(
        `cannot read ${path}: ${code === "ENOENT" ? "there is no such file" : code}`,
        "a model directory has config.json, tokenizer.json and model.safetensors",
      );
    }
  };
  const [configFile, tokenizerFile, weightsFile] = await Promise.all(
    ["config.json", "tokenizer.json", "model.safetensors"].map(read),
  );
  const config = parseConfig(configFile!.bytes.toString(), configFile!.path);
  const tokenizer = openTokenizer(tokenizerFile!.bytes.toString(), tokenizerFile!.path);
  if (tokenizer.size > config.vocab_size)
    throw usageError(
      `${tokenizerFile!.path} has ${tokenizer.size} tokens, vocab_size in ${configFile!.path} is ${config.vocab_size}`,
    );
  const tensors = readSafetensors(weightsFile!.bytes, weightsFile!.path);
  return { config, tokenizer, network: createNetwork(config, tensors) };
}
