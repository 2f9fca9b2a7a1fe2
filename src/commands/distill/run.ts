import { usageError } from "../../errors.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { openAccount } from "../endpoint-settings.ts";
import type { DistillSettings } from "./settings.ts";

/** `cot distill`. */
export async function runDistill(
  words: string[],
  settings: DistillSettings,
  terminal: Terminal,
): Promise<number> {
  const [questions] = words;
  const { from, output, pilot, dryRun, teacher, model } = settings;
  if (words.length > 1) throw usageError(`one file of questions at a time, not ${words.join(" ")}`);
  if (
    teacher !== undefined &&
    model !== undefined &&
    teacher !== model &&
    settings.studentPolicy === undefined
  ) {
    throw usageError(`--teacher ${teacher} and -m ${model} name two models`, "The student is --student's.");
  }
  if (settings.evaluate && settings.student === undefined) {
    throw usageError("--evaluate compares a student with its teacher: name one with --student");
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
  // teacher, judge and student spend from one account
  const sharing = { ...settings, budget: await openAccount(settings) };
  if (questions !== undefined && pilot) {
    const { runPilot } = await import("./pilot.ts");
    return runPilot(questions, sharing, terminal);
  }
  const { teach } = await import("./teach.ts");
  return teach(questions, sharing, terminal);
}
