import { defineCommand } from "./command.ts";
import { evalFlags } from "./flags/eval.ts";
import { omit, pick } from "./flags/flag.ts";
import { callFlags } from "./flags/model.ts";
import { questionFlags } from "./flags/questions.ts";
import { reasoningFlags } from "./flags/reasoning.ts";
import { resultFlags } from "./flags/results.ts";

export const command = defineCommand({
  arguments: [{ name: "dataset", complete: "file" }],
  purpose: [
    "Measures how often a model is right, on questions whose right answer is known: a file with `question` and " +
      "`answer` (JSONL, CSV, Parquet). Every figure comes with its error: standard errors are clustered by question, " +
      "settings are compared on the same questions, paired.",
    "Accuracy is the mean over all samples (pass@1); maj@k is the vote of k samples; pass@k the chance that one of k " +
      "is right. A policy file with `samples` is measured by its vote. An answer that cannot be read counts as wrong.",
  ],
  examples: [
    { command: "cot eval questions.jsonl -n 4", says: "accuracy with its error bars, vote and pass@k" },
    {
      command: "cot eval questions.jsonl --compare direct,step-by-step",
      says: "does reasoning help, by how much, and is it chance?",
    },
    {
      command: "cot eval --from results.jsonl --by kind",
      says: "grade a finished batch, by kind of question",
    },
    {
      command: "cot eval questions.jsonl --min-accuracy 0.9 --html report.html",
      says: "a check for CI, and a page to look at",
    },
  ],
  flags: [
    evalFlags,
    pick(resultFlags, "output", "json", "fresh", "retryFailed", "maxFailures"),
    questionFlags,
    omit(reasoningFlags, "vote", "confidence", "minAgreement"),
    ...callFlags,
  ],
  exitCodes: [0, 1, 2, 3, 5, 70, 74, 75, 77, 130, 143],
  verdict: "the accuracy is under --min-accuracy",
  async run(words, settings, terminal) {
    const { runEval } = await import("./eval/run.ts");
    return runEval(words, settings, terminal);
  },
});
