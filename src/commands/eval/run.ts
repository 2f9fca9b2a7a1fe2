import { usageError } from "../../errors.ts";
import type { Score } from "../../eval/graded.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
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
    const measured = await gradeFile(settings.from, settings, await chosenScore(settings.reward), terminal);
    return printReport(settings.from, [measured], settings, terminal);
  }
  if (dataset === undefined) {
    throw usageError("no dataset is given", "cot eval questions.jsonl, or cot eval --from answers.jsonl");
  }
  const { evaluateFile } = await import("./ask-all.ts");
  return evaluateFile(dataset, settings, await chosenScore(settings.reward), terminal);
}

/** What `--reward` says in place of equality; `accuracy` is equality. */
export interface ChosenScore {
  score?: Score;
  needsGold: boolean;
}

async function chosenScore(reward: string | undefined): Promise<ChosenScore> {
  if (reward === undefined) return { needsGold: true };
  const { needsGold, parseReward } = await import("../../rewards/parse.ts");
  const judge = parseReward(reward);
  if (reward.trim() === "accuracy") return { needsGold: true };
  const score: Score = async (sample, question, group) => (await judge(sample, question, group)).reward;
  return { score, needsGold: needsGold(reward) };
}
