import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { usageError } from "../../errors.ts";
import { parseObject, splitLines } from "../../jsonl.ts";
import { readExample, type ReadExample } from "./row.ts";

/** Training rows, and rows of the same data set that are kept for measuring. */
export interface TrainingFiles {
  train: string;
  /** Undefined where nothing was set aside: a part of `train` is held out. */
  test?: string;
}

/** In the order in which a directory of `cot distill` is searched. */
const folders = ["messages", "prompt-completion", "sharegpt", "alpaca"];

/**
 * Finds the rows to train on: a file, or in the directory of `cot distill` its training and test part.
 * @throws CotError `usage` where there are none
 */
export async function findTrainingFiles(path: string): Promise<TrainingFiles> {
  const kind = await kindOf(path);
  if (kind === "file") return { train: path };
  if (kind === undefined) throw usageError(`cannot read ${path}: there is no such file`);
  for (const folder of folders) {
    const train = join(path, folder, "train.jsonl");
    if ((await kindOf(train)) !== "file") continue;
    const test = join(path, folder, "test.jsonl");
    return (await sizeOf(test)) > 0 ? { train, test } : { train };
  }
  const traces = join(path, "traces.jsonl");
  if ((await kindOf(traces)) === "file") return { train: traces };
  throw usageError(
    `${path} holds no training file`,
    "It is the directory that cot distill writes, with messages/train.jsonl in it, or a file of rows.",
  );
}

/**
 * Reads every row.
 * @throws CotError `usage`, with file and line, where a line is no JSON object
 */
export async function readExamples(path: string): Promise<ReadExample[]> {
  const examples: ReadExample[] = [];
  for await (const { bytes, number } of splitLines(createReadStream(path))) {
    const line = bytes.toString("utf8").trim();
    if (line === "") continue;
    const row = parseObject(line);
    if (row === undefined) throw usageError(`${path}, line ${number}: no JSON object`);
    examples.push(readExample(row));
  }
  return examples;
}

async function kindOf(path: string): Promise<"file" | "directory" | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && (found.isDirectory() ? "directory" : "file");
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}
