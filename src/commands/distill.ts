import { defineCommand } from "./command.ts";
import { distillFlags } from "./flags/distill.ts";
import { pick } from "./flags/flag.ts";
import { callFlags } from "./flags/model.ts";
import { questionFlags } from "./flags/questions.ts";
import { resultFlags } from "./flags/results.ts";

export const command = defineCommand({
  arguments: [{ name: "questions", complete: "file" }],
  purpose: [
    "Collects a teacher's reasoning, keeps what can be verified, and writes it as training data for a small model. A " +
      "right answer decides where the questions have one; without one, checked steps that end in the answer, then the " +
      "vote. Every sample and why it was kept or not stands in the ledger.",
    "-o is a folder: journal (what the teacher said; the same command goes on from it), ledger.jsonl, traces.jsonl, a " +
      "folder a format with train, validation and test part, manifest.json, a data card, and recipes for trainers. cot " +
      "lint checks the files against a student's chat template, cot finetune trains on the folder.",
    "--base-url, --key-env and --header are how the teacher is reached. A --student or --judge that names a provider " +
      "(ollama:qwen3) is asked there, with that provider's key; any other where the teacher is. A teacher of a provider, " +
      "and a student at an address of one's own: OPENAI_BASE_URL.",
  ],
  examples: [
    {
      command: "cot distill questions.jsonl --teacher deepseek:deepseek-flash --pilot",
      says: "what it would take: tokens, money, time, and how many traces pass",
    },
    {
      command: "cot distill questions.jsonl --teacher deepseek:deepseek-flash -o traces",
      says: "two verified traces a question, as chat messages with <think> tags",
    },
    {
      command: "cot distill --from answers.jsonl --decontaminate test.jsonl -o traces",
      says: "from what a batch has answered, without what stands in the test",
    },
    {
      command: "cot distill q.jsonl -o q --teacher builtin --student builtin:small --evaluate",
      says: "train a student at once, and compare it with its teacher",
    },
  ],
  flags: [
    distillFlags,
    pick(resultFlags, "json", "fresh", "retryFailed", "maxFailures"),
    questionFlags,
    ...callFlags,
  ],
  exitCodes: [0, 2, 3, 5, 70, 74, 75, 77, 130, 143],
  async run(words, settings, terminal) {
    const { runDistill } = await import("./distill/run.ts");
    return runDistill(words, settings, terminal);
  },
});
