import { distill, type DistillHooks, type Distilled, type DistillOptions } from "../../distill/distill.ts";
import type { Model } from "../../models/model.ts";
import type { Question } from "../../questions/question.ts";
import { openFolder } from "./folder.ts";

/**
 * `cot distill` as a function: collects a teacher's reasoning on the questions, verifies it, and writes the data set into
 * a folder; called again, it goes on from the folder's journal.
 * @throws CotError for wrong usage, or where the folder is something else or in use
 */
export async function distillInto(
  path: string,
  questions: AsyncIterable<Question> | Iterable<Question>,
  teacher: Model,
  options: DistillOptions,
  hooks: DistillHooks = {},
): Promise<Distilled> {
  const folder = await openFolder(path);
  try {
    const { store } = folder;
    return await distill(path, { questions, teacher, store, mayHold: store.keys > 0 }, options, hooks);
  } finally {
    await folder.close();
  }
}
