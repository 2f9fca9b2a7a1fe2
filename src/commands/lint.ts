import { defineCommand } from "./command.ts";
import { pick } from "./flags/flag.ts";
import { lintFlags } from "./flags/lint.ts";
import { resultFlags } from "./flags/results.ts";

export const command = defineCommand({
  arguments: [{ name: "file", complete: "file" }],
  purpose: [
    "Checks a training file, anybody's, as its trainer will read it: the format's rules, duplicates, empty and " +
      "cut-off answers, reasoning tags, leaked template tokens. The file is JSON lines, one JSON list, or Parquet, " +
      "packed by gzip or not. Asks no model.",
    "The worst failure is silent: the trainer's chat template throws the reasoning away. With --chat-template every " +
      "row is rendered as the trainer will, and has to keep its reasoning, in what is trained on, between one opening " +
      "and one closing tag.",
  ],
  examples: [
    { command: "cot lint train.jsonl", says: "what is wrong with it, line by line" },
    {
      command: "cot lint train.jsonl --chat-template ./Qwen3-0.6B",
      says: "will this student see the reasoning?",
    },
    { command: "cot lint train.jsonl --as dpo --json", says: "as another format, for a script" },
  ],
  flags: [lintFlags, pick(resultFlags, "json")],
  exitCodes: [0, 1, 2, 70, 74, 130, 143],
  verdict: "something is wrong with the file",
  async run(words, settings, terminal) {
    const { runLint } = await import("./lint/run.ts");
    return runLint(words, settings, terminal);
  },
});
