import { usageError } from "../../errors.ts";
import type { ModelSpec } from "../../models/providers.ts";
import { fileBytes } from "../../questions/bytes.ts";
import { isRegularFile } from "../../questions/format.ts";
import type { Question } from "../../questions/question.ts";
import { checkQuestions, readQuestions, type QuestionSource, type Survey } from "../../questions/read.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { readOptions } from "../read-options.ts";
import type { BatchSettings } from "./settings.ts";

/** The questions of a run. */
export interface BatchInput {
  /** Of a file: as often as wanted. Of a pipe: once. */
  questions: AsyncIterable<Question>;
  /** Where they come from a file: it has been checked. */
  survey?: Survey;
}

/**
 * Checks a file whole; takes a pipe as it comes.
 * @param file a path, or `-` for stdin
 * @throws CotError (usage) with file, line and field
 */
export async function openInput(
  file: string,
  settings: BatchSettings,
  terminal: Pick<Terminal, "stdin">,
  note: (text: string) => void,
): Promise<BatchInput> {
  const { shard } = settings;
  const options = { ...readOptions(settings, note), ...(shard === undefined ? {} : { shard }) };
  const source = await sourceOf(file, terminal);
  if (!("path" in source)) return { questions: readQuestions(source, options) };
  const survey = await checkQuestions(source.path, options);
  const questions = { [Symbol.asyncIterator]: () => readQuestions(source, options, survey) };
  return { questions, survey };
}

/** The questions to be read more than once: those of a pipe are held. */
export async function rereadable({ questions, survey }: BatchInput): Promise<AsyncIterable<Question>> {
  if (survey !== undefined) return questions;
  const held: Question[] = [];
  for await (const question of questions) held.push(question);
  return {
    async *[Symbol.asyncIterator]() {
      await Promise.resolve();
      yield* held;
    },
  };
}

/** @throws CotError (usage) for the built-in model, which reads no messages */
export function refuseBuiltin({ provider }: ModelSpec, flag: string): void {
  if (provider === "builtin") throw usageError(`${flag} needs an endpoint; builtin answers here and now`);
}

async function sourceOf(file: string, { stdin }: Pick<Terminal, "stdin">): Promise<QuestionSource> {
  if (file === "-") return { name: "stdin", stream: stdin };
  return (await isRegularFile(file)) ? { path: file } : { name: file, stream: fileBytes(file) };
}
