import { compare } from "../../eval/comparison.ts";
import { evaluate } from "../../eval/evaluate.ts";
import { measure } from "../../eval/metrics.ts";
import { comparisonLine } from "../../output/report/eval-table.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import type { Policy } from "../../prompts/policy.ts";
import { puttingWith } from "../../prompts/prompt.ts";
import { retrievingPrompt } from "../../prompts/retrieval.ts";
import { notesOf } from "../notes.ts";
import type { Folder } from "./folder.ts";
import { askedOnce, partQuestions } from "./part.ts";
import type { ChosenOptions, DistillSettings } from "./settings.ts";
import type { Teacher } from "./teacher.ts";

/** What showing demonstrations changes, on the validation part. */
export interface PolicyGain {
  student: string;
  questions: number;
  difference: number;
  p: number;
}

/**
 * Asks a student the questions of the validation part without demonstrations, then with them.
 * @returns undefined where no question there has a known answer
 */
export async function measurePolicy(
  policy: Policy,
  { model, questions: concurrency }: Pick<Teacher, "model" | "questions">,
  folder: Folder,
  options: ChosenOptions,
  settings: DistillSettings,
  terminal: Terminal,
): Promise<PolicyGain | undefined> {
  const { note } = notesOf(terminal, settings);
  const questions = await partQuestions(folder.path, "validation", terminal);
  if (questions.length === 0) {
    note(
      "the validation part has no question whose right answer is known: the demonstrations are not measured",
    );
    return undefined;
  }
  const plain = askedOnce(options);
  const showing = puttingWith(retrievingPrompt(policy, "student policy", note), settings.system);
  const runs = [];
  for (const [name, how] of [
    ["no demonstrations", plain],
    ["demonstrations", { ...plain, ...showing }],
  ] as const) {
    const run = await evaluate(questions, { ...how, name, concurrency }, model, {
      signal: terminal.signal,
      secondSignal: terminal.secondSignal,
    });
    if (run.stoppedBy) throw run.stoppedBy;
    runs.push(run);
  }
  const comparison = compare(runs[0]!, runs[1]!);
  const results = runs.map((run) => measure(run.name, run.questions));
  note(`validation part: ${comparisonLine(comparison, results)}`);
  const { difference, p } = comparison;
  return { student: model.id, questions: comparison.questions, difference, p };
}
