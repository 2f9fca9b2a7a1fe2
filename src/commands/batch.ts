import { defineCommand } from "./command.ts";
import { batchFlags } from "./flags/batch.ts";
import { callFlags } from "./flags/model.ts";
import { questionFlags } from "./flags/questions.ts";
import { reasoningFlags } from "./flags/reasoning.ts";
import { resultFlags } from "./flags/results.ts";

export const command = defineCommand({
  arguments: [{ name: "file", required: true, complete: "file" }],
  purpose: [
    "Asks a file of questions: text (one a line), JSONL, CSV, TSV or Parquet, gzip or not. The file is checked whole " +
      "before the first question is sent.",
    "With -o FILE every reply is on disk before it counts, in FILE.journal: whatever stops the run, the same command " +
      "goes on where it stopped and asks no question twice.",
  ],
  examples: [
    { command: "cot batch questions.csv -o answers.jsonl", says: "run, or go on" },
    {
      command: "cot batch test.parquet --question-field problem --pick 200 -n 5 -o five.csv",
      says: "200 drawn questions, five samples each",
    },
    {
      command: "cot batch questions.jsonl -o answers.jsonl --retry-failed",
      says: "once more what failed for good",
    },
    { command: "cot batch questions.jsonl --dry-run", says: "requests, tokens and cost as a range" },
    {
      command: "cot batch questions.jsonl -o answers.jsonl --via batch-api",
      says: "through the endpoint's batch API",
    },
    {
      command: "cot batch q.jsonl --shard 2/8 -o part2.jsonl",
      says: "the second of eight machines; --merge part*.jsonl joins them",
    },
  ],
  flags: [reasoningFlags, resultFlags, questionFlags, batchFlags, ...callFlags],
  exitCodes: [0, 1, 2, 3, 5, 70, 74, 75, 77, 130, 143],
  verdict: "agreement is under --min-agreement; nothing else",
  async run(words, settings, terminal) {
    const { runBatchCommand } = await import("./batch/run.ts");
    return runBatchCommand(words[0]!, settings, terminal);
  },
});
