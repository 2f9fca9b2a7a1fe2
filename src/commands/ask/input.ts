import { usageError } from "../../errors.ts";
import type { Question } from "../../questions/question.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { readStdin, readTextFile } from "../read-file.ts";
import type { AskSettings } from "./settings.ts";

/** What was asked: one question, or stdin's lines; `none` where a person typed no question and nothing is piped in. */
export type AskInput =
  | { kind: "none" }
  | { kind: "one"; question: Question }
  | { kind: "lines"; questions: AsyncIterable<Question> };

/**
 * The input rules: words are one question and leave stdin alone, `-` makes all of stdin one question, and without
 * either each line of stdin is one.
 * @throws CotError (usage)
 */
export async function readInput(
  words: readonly string[],
  settings: AskSettings,
  terminal: Terminal,
  note: (text: string) => void,
): Promise<AskInput> {
  const wholeStdin = words.length === 1 && words[0] === "-";
  if (words.length === 0 && terminal.stdin.isTTY) return { kind: "none" };
  if (settings.context === "-" && (wholeStdin || words.length === 0)) {
    throw usageError("stdin cannot be both the question and --context -");
  }
  const context = await readContext(settings.context, terminal);
  const given = {
    ...(context === undefined ? {} : { context }),
    ...(settings.expect === undefined ? {} : { gold: settings.expect }),
  };
  if (words.length > 0) {
    const question = (wholeStdin ? await readStdin(terminal.stdin) : words.join(" ")).trim();
    if (question === "") throw usageError(wholeStdin ? "stdin holds no question" : "the question is empty");
    return { kind: "one", question: { id: "1", question, ...given } };
  }
  return { kind: "lines", questions: await begun(linesOf(settings, given, terminal, note)) };
}

async function readContext(context: string | undefined, { stdin }: Terminal): Promise<string | undefined> {
  if (context === undefined) return undefined;
  const text = context === "-" ? await readStdin(stdin) : await readTextFile(context, "--context");
  return text.replace(/\r?\n$/, "");
}

/** With its first question read: that there is none has to be said before anything about a model is. */
async function begun(questions: AsyncGenerator<Question>): Promise<AsyncIterable<Question>> {
  const first = await questions.next();
  return (async function* () {
    if (first.done === true) return;
    yield first.value;
    yield* questions;
  })();
}

async function* linesOf(
  settings: AskSettings,
  given: Pick<Question, "context" | "gold">,
  terminal: Terminal,
  note: (text: string) => void,
): AsyncGenerator<Question> {
  const [{ readQuestions }, { readOptions }] = await Promise.all([
    import("../../questions/read.ts"),
    import("../read-options.ts"),
  ]);
  const source = { name: "stdin", stream: terminal.stdin };
  for await (const question of readQuestions(source, readOptions(settings, note))) {
    yield { ...given, ...question, ...(given.gold === undefined ? {} : { gold: given.gold }) };
  }
}
