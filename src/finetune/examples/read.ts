import { stat } from "node:fs/promises";
import { join } from "node:path";
import { usageError } from "../../errors.ts";
import { readExample, type ReadExample } from "./row.ts";
import { readRows } from "./rows.ts";

/** Training rows, and rows of the same data set that are kept for measuring. */
export interface TrainingFiles {
  train: string;
  /** To watch the loss by, where the data set has such a part. */
  validation?: string;
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
    const part = async (name: "validation" | "test"): Promise<Partial<TrainingFiles>> => {
      const file = join(path, folder, `${name}.jsonl`);
      return (await sizeOf(file)) > 0 ? { [name]: file } : {};
    };
    return { train, ...(await part("validation")), ...(await part("test")) };
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
  for await (const { row } of readRows(path)) examples.push(readExample(row));
  return examples;
}

async function kindOf(path: string): Promise<"file" | "directory" | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && (found.isDirectory() ? "directory" : "file");
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}
