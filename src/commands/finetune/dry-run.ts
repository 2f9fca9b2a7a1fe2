import { needsGold } from "../../rewards/parse.ts";
import { group } from "../../output/terminal/progress.ts";
import type { FinetuneSettings } from "./settings.ts";
import type { TrainingInput } from "./train-here.ts";

/** What a run would do, without doing it. */
export async function describeRun(
  input: TrainingInput,
  model: string,
  settings: FinetuneSettings,
): Promise<string> {
  const { parameterCount, readStart } = await import("../../finetune/start.ts");
  const start = await readStart(model, settings.seed ?? 1);
  const lines = [
    `model: builtin:${model}, ${group(parameterCount(start))} parameters${start.untrained ? ", random weights" : ""}`,
  ];
  if (input.method === "reinforcement") {
    const { reward = "accuracy", steps = 120, kl = 0 } = settings;
    const { unusable } = await import("../../finetune/reward.ts");
    const usable = input.questions.filter((each) => unusable(each, reward, start.tokenizer) === undefined);
    lines.push(
      `questions: ${group(usable.length)} of ${group(input.questions.length)} can be used`,
      `reward: ${reward}${needsGold(reward) ? "" : ", without right answers"}; KL ${kl}`,
      `steps: ${group(steps)}, of at most 16 questions × 16 answers each`,
    );
  } else {
    const readable = input.examples.filter((each) => !("leftOut" in each));
    lines.push(`rows: ${group(readable.length)} of ${group(input.examples.length)} can be read`);
    lines.push(
      `steps: ${settings.steps === undefined ? "after the size of the data" : group(settings.steps)}`,
    );
  }
  lines.push("requests: 0", "cost: $0, on this machine");
  return `${lines.join("\n")}\n`;
}
