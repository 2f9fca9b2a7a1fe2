import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { usageError } from "../errors.ts";
import { seededRandom, stableHash } from "../random.ts";
import { parseConfig, type TransformerConfig } from "../transformer/config.ts";
import { readSafetensors, type Tensors } from "../transformer/safetensors.ts";
import { openTokenizer, type Tokenizer } from "../transformer/tokenizer.ts";
import { initialTensors } from "../transformer/training/parameters.ts";
import { modelDirectory } from "./convert.ts";

/** Weights to train from, and the files that describe them. */
export interface Start {
  config: TransformerConfig;
  tokenizer: Tokenizer;
  tensors: Tensors;
  /** True where nothing was ever learned: `small`, as it is shipped. */
  untrained: boolean;
  /** Texts that the trained model takes over as they are. */
  files: { "config.json": string; "tokenizer.json": string };
  /** Tells these weights from others. */
  fingerprint: string;
}

/**
 * Reads what is to be trained.
 * @param name `main`, `base`, `small` (random weights, drawn with `seed`), or a model directory
 * @throws CotError `usage` where it is no model directory
 */
export async function readStart(name: string, seed: number): Promise<Start> {
  const directory = modelDirectory(name);
  const path = (file: string): string => join(directory, file);
  const config = await readText(path("config.json"));
  const tokenizer = await readText(path("tokenizer.json"));
  const parsed = parseConfig(config, path("config.json"));
  const opened = openTokenizer(tokenizer, path("tokenizer.json"));
  const hash = createHash("sha256").update(config).update(tokenizer);
  let tensors: Tensors;
  const bytes = await readFile(path("model.safetensors")).catch((error: unknown) =>
    name === "small" ? undefined : refuse(path("model.safetensors"), error),
  );
  if (bytes === undefined) {
    tensors = initialTensors(parsed, seededRandom(stableHash(`weights:${seed}`)));
    hash.update(`random:${seed}`);
  } else {
    tensors = readSafetensors(bytes, path("model.safetensors"));
    hash.update(bytes);
  }
  return {
    config: parsed,
    tokenizer: opened,
    tensors,
    untrained: bytes === undefined,
    files: { "config.json": config, "tokenizer.json": tokenizer },
    fingerprint: hash.digest("hex").slice(0, 16),
  };
}

function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch((error: unknown) => refuse(path, error));
}

function refuse(path: string, error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  throw usageError(
    `cannot read ${path}: ${code === "ENOENT" ? "there is no such file" : String(code)}`,
    "A model directory has config.json, tokenizer.json and model.safetensors.",
  );
}

/** How many numbers are learned. */
export function parameterCount({ tensors }: Start): number {
  return [...tensors.values()].reduce((sum, { data }) => sum + data.length, 0);
}
