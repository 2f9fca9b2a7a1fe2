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
  thresholds: RefusalThresholds;
}

/** When the model refuses a question; chosen for its weights, on held-out problems, and kept beside them. */
export interface RefusalThresholds {
  /** Where `<|outside|>` has at least this probability as the first token. */
  outside: number;
  /** Where, in its first line, the likeliest token had less than this probability. */
  certainty: number;
}

/** For weights that say nothing of their own: those of another training are as sure as it made them. */
const defaultThresholds: RefusalThresholds = { outside: 0.5, certainty: 0 };

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
 * Reads a model directory: `config.json`, `tokenizer.json`, `model.safetensors`, and, where there is one,
 * `generation_config.json` with `refusal: {outside, certainty}`.
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
  const thresholds = await readThresholds(join(directory, "generation_config.json"));
  return { config, tokenizer, network: createNetwork(config, tensors), thresholds };
}

async function readThresholds(path: string): Promise<RefusalThresholds> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return defaultThresholds;
    throw error;
  }
  const { refusal } = parseJson(text, path) as { refusal?: Partial<RefusalThresholds> };
  const thresholds = { ...defaultThresholds, ...refusal };
  for (const [name, value] of Object.entries(thresholds))
    if (typeof value !== "number" || value < 0 || value > 1)
      throw usageError(`${path}: refusal.${name} is ${JSON.stringify(value)}, not a number from 0 to 1`);
  return thresholds;
}

function parseJson(text: string, path: string): unknown {
  try {
    return Object(JSON.parse(text));
  } catch (error) {
    throw usageError(`${path} is not JSON: ${(error as Error).message}`);
  }
}
