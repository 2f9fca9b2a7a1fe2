import { defineCommand } from "./command.ts";
import { pick } from "./flags/flag.ts";
import { callFlags } from "./flags/model.ts";
import { optimizeFlags } from "./flags/optimize.ts";
import { questionFlags } from "./flags/questions.ts";
import { resultFlags } from "./flags/results.ts";

export const command = defineCommand({
  arguments: [{ name: "dataset", complete: "file" }],
  purpose: [
    "Reinforcement learning without weights: the model answers, answers are rewarded, and the prompt policy (instruction, " +
      "strategy, demonstrations, temperature, samples, effort) is moved to what earns more. It starts from the prompt that " +
      "the flags name, and is shown no labelled reasoning.",
    "A part of the questions is held back. The winner meets the initial policy there once, paired: the verdict is proven " +
      "(p < 0.05), promising, or kept-initial. What it claims is less than what it observed: being chosen takes luck, too. " +
      "All is planned within --max-requests (600 without), and said before the start.",
    "Beside the policy stand its journal, from which the same command goes on, and its traces, for cot distill --from.",
  ],
  examples: [
    {
      command: "cot optimize questions.jsonl -m MODEL -o best.policy.json",
      says: "then: cot ask --policy best.policy.json …",
    },
    {
      command: "cot optimize q.jsonl -m builtin -p direct -o best.policy.json --html best.html",
      says: "from bare answers, with the model in the package",
    },
    {
      command: "cot optimize q.jsonl --reward accuracy,length=0.1 --max-cost 2 -o b.json",
      says: "right answers first, short ones second, for two dollars at most",
    },
  ],
  flags: [optimizeFlags, pick(resultFlags, "output", "json", "fresh"), questionFlags, ...callFlags],
  exitCodes: [0, 1, 2, 5, 70, 74, 75, 77, 130, 143],
  verdict: "the initial policy was kept",
  async run(words, settings, terminal) {
    const { runOptimize } = await import("./optimize/run.ts");
    return runOptimize(words, settings, terminal);
  },
});
