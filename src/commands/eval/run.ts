import { usageError } from "../../errors.ts";
import type { Score } from "../../eval/graded.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { notesOf } from "../notes.ts";
import { printReport } from "./print.ts";
import type { EvalSettings } from "./settings.ts";

/** `cot eval`. */
export async function runEval(words: string[], settings: EvalSettings, terminal: Terminal): Promise<number> {
  if (words.length > 1) throw usageError(`one dataset at a time, not ${words.join(" ")}`);
  if (settings.json && settings.markdown) throw usageError("--json and --markdown exclude each other");
  const [dataset] = words;
  if (settings.from !== undefined) {
    if (dataset !== undefined) {
      throw usageError(`--from ${settings.from} grades finished answers: leave the dataset ${dataset} out`);
    }
    if (settings.compare !== undefined)
      throw usageError("--from asks nothing, so there is nothing to --compare");
    const { gradeFile } = await import("./from.ts");
    const measured = await gradeFile(
      settings.from,
      settings,
      await chosenScore(settings, terminal),
      terminal,
    );
    return printReport(settings.from, [measured], settings, terminal);
  }
  if (dataset === undefined) {
    throw usageError("no dataset is given", "cot eval questions.jsonl, or cot eval --from answers.jsonl");
  }
  const { evaluateFile } = await import("./ask-all.ts");
  return evaluateFile(dataset, settings, await chosenScore(settings, terminal), terminal);
}

/** What `--reward` says in place of equality; `accuracy` is equality. */
export interface ChosenScore {
  score?: Score;
  needsGold: boolean;
  /** To be called when all is graded. @throws CotError (usage) where a command did nothing but fail */
  conclude(): void;
}

const equality: ChosenScore = { needsGold: true, conclude: () => undefined };

async function chosenScore(settings: EvalSettings, terminal: Terminal): Promise<ChosenScore> {
  const { reward } = settings;
  if (reward === undefined) return equality;
  const { needsGold, parseReward } = await import("../../rewards/parse.ts");
  const parsed = parseReward(reward);
  if (reward.trim() === "accuracy") return equality;
  const { failureNote, lastingJudge } = await import("../../rewards/lasting.ts");
  const { note } = notesOf(terminal, settings);
  const { judge, conclude } = lastingJudge(parsed, (error) => note(failureNote(error)));
  const score: Score = async (sample, question, group) => (await judge(sample, question, group)).reward;
  return { score, needsGold: needsGold(reward), conclude };
}
