import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

import { usageError } from "../../errors.ts";
import { readAnswers, type AnswerRow } from "../../eval/answers.ts";
import { gradeQuestion, type GradedQuestion, type Score } from "../../eval/graded.ts";
import type { Measured } from "../../eval/report.ts";
import type { Input, Terminal } from "../../output/terminal/terminal.ts";
import { isReadableGold } from "../../reasoning/grade.ts";
import type { ChosenScore } from "./run.ts";
import type { EvalSettings } from "./settings.ts";
import { verdictRow, type VerdictRow } from "./verdict-row.ts";
import { writeVerdicts } from "./write-verdicts.ts";

/**
 * `--from`: grades every row, then the rows of one question together.
 * @throws CotError (usage) with file and line
 */
export async function gradeFile(
  path: string,
  settings: EvalSettings,
  { score, needsGold, conclude }: ChosenScore,
  terminal: Pick<Terminal, "stdin">,
): Promise<Measured> {
  const name = path === "-" ? "stdin" : path;
  const lines = path === "-" ? linesOf(terminal.stdin) : fileLines(path);
  const questions = new Map<string, Row[]>();
  const verdicts: VerdictRow[] = [];
  let dropped = 0;
  for await (const row of readAnswers(lines, name, { needsGold })) {
    const graded = await gradeQuestion(row.question, row.samples, score);
    verdicts.push(verdictRow(graded));
    if (needsGold && row.question.gold !== undefined && !isReadableGold(row.question.gold)) dropped++;
    else questions.set(row.key, [...(questions.get(row.key) ?? []), { ...row, graded }]);
  }
  conclude();
  if (verdicts.length === 0) throw usageError(`${name} holds no answers`);
  if (settings.output !== undefined) await writeVerdicts(settings.output, verdicts);
  const graded: GradedQuestion[] = [];
  for (const rows of questions.values()) graded.push(await gradedTogether(rows, score));
  return { name, questions: graded, dropped };
}

interface Row extends AnswerRow {
  /** By itself. */
  graded: GradedQuestion;
}

/** The rows of one question; a single one is graded already, and a command of the user's own may be dear. */
async function gradedTogether(rows: readonly Row[], score: Score | undefined): Promise<GradedQuestion> {
  const [first] = rows as readonly [Row];
  if (rows.length === 1) return first.graded;
  const samples = rows.flatMap((row) => row.samples).map((sample, index) => ({ ...sample, index }));
  return gradeQuestion(first.question, samples, score);
}

async function* fileLines(path: string): AsyncGenerator<string> {
  try {
    yield* createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Infinity });
  } catch (error) {
    throw usageError(`--from ${path} cannot be read: ${(error as Error).message}`);
  }
}

async function* linesOf(stdin: Input): AsyncGenerator<string> {
  const { splitLines } = await import("../../jsonl.ts");
  for await (const { bytes } of splitLines(stdin)) yield bytes.toString("utf8");
}
