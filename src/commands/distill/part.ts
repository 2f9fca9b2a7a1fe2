import { join } from "node:path";

import type { Part } from "../../distill/select/split.ts";
import { parseObject } from "../../jsonl.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import type { Question } from "../../questions/question.ts";
import { isReadableGold } from "../../reasoning/grade.ts";
import type { AskOptions } from "../../reasoning/options.ts";
import { fileLines } from "../file-lines.ts";

/** The questions of a part whose right answer is known, whatever became of their traces. */
export async function partQuestions(folder: string, part: Part, terminal: Terminal): Promise<Question[]> {
  const questions = new Map<string, Question>();
  for await (const line of fileLines(join(folder, "ledger.jsonl"), terminal)) {
    const row = (parseObject(line) ?? {}) as Partial<Record<string, string>>;
    const { id, question, asked, gold, context } = row;
    if (row["part"] !== part || id === undefined || question === undefined) continue;
    if (gold === undefined || !isReadableGold(gold)) continue;
    questions.set(`${id}\0${question}`, {
      id,
      question,
      gold,
      ...(asked === undefined ? {} : { asked }),
      ...(context === undefined ? {} : { context }),
    });
  }
  return [...questions.values()];
}

/** For measuring: one sample a question, at the model's own temperature (`builtin`: greedy). */
export function askedOnce(options: AskOptions): AskOptions {
  const once = { ...options, samples: 1 };
  delete once.temperature;
  delete once.seed;
  return once;
}
