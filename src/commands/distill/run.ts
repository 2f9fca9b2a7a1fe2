import { usageError } from "../../errors.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { openAccount } from "../endpoint-settings.ts";
import { notesOf } from "../notes.ts";
import type { DistillSettings } from "./settings.ts";

/** `cot distill`. */
export async function runDistill(
  words: string[],
  settings: DistillSettings,
  terminal: Terminal,
): Promise<number> {
  refuseMisuse(words, settings);
  const { student, evaluate, studentPolicy } = settings;
  if (student !== undefined && !evaluate && studentPolicy === undefined) {
    notesOf(terminal, settings).note(
      `--student ${student} is neither trained nor asked without --evaluate or --student-policy`,
    );
  }
  const [questions] = words;
  // teacher, judge and student spend from one account
  const sharing = { ...settings, budget: await openAccount(settings) };
  if (questions !== undefined && settings.pilot) {
    const { runPilot } = await import("./pilot.ts");
    return runPilot(questions, sharing, terminal);
  }
  const { teach } = await import("./teach.ts");
  return teach(questions, sharing, terminal);
}

/** @throws CotError (usage) for flags that cannot be meant together */
function refuseMisuse(words: readonly string[], settings: DistillSettings): void {
  const [questions] = words;
  const { from, output, pilot, dryRun, teacher, model, student, evaluate, html, studentPolicy } = settings;
  if (words.length > 1) throw usageError(`one file of questions at a time, not ${words.join(" ")}`);
  if (teacher !== undefined && model !== undefined && teacher !== model && studentPolicy === undefined) {
    throw usageError(`--teacher ${teacher} and -m ${model} name two models`, "The student is --student's.");
  }
  if (evaluate && student === undefined) {
    throw usageError("--evaluate compares a student with its teacher: name one with --student");
  }
  if (html !== undefined && !evaluate) {
    throw usageError(`--html ${html} draws the comparison that --evaluate makes: add it`);
  }
  if (from !== undefined) {
    if (questions !== undefined) {
      throw usageError(`--from ${from} has its own questions: leave the file ${questions} out`);
    }
    if (pilot) throw usageError("--from asks nothing, so there is nothing to --pilot");
  } else if (questions === undefined) {
    throw usageError(
      "no questions are given",
      "cot distill questions.jsonl --teacher SPEC -o DIR, or --from FILE",
    );
  }
  if (output === undefined && !pilot && !dryRun)
    throw usageError("-o names the folder that the data set goes to");
}
