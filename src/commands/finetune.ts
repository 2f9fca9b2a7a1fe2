import { defineCommand } from "./command.ts";
import { finetuneFlags } from "./flags/finetune.ts";
import { pick } from "./flags/flag.ts";
import { endpointFlags, generalFlags, limitFlags, samplingFlags } from "./flags/model.ts";
import { questionFlags } from "./flags/questions.ts";
import { resultFlags } from "./flags/results.ts";

export const command = defineCommand({
  arguments: [{ name: "dataset|dir", required: true, complete: "file" }],
  purpose: [
    "Trains weights. --method reinforcement takes questions with right answers and lets the built-in model learn from " +
      "the reward of its own answers (GRPO): nobody shows it a step. --method supervised takes the directory that cot " +
      "distill writes, or any training file of its formats, and learns the answers in it: on this machine for builtin " +
      "models, else as a fine-tuning job at the endpoint.",
    "-o is a model directory afterwards: -m builtin:DIR runs it in every command, cot convert makes it GGUF. A run " +
      "that was stopped goes on with the same command. Held-out questions measure before and after; the row “made to " +
      "reason” is the same weights kept from answering at once, so that the gain over it is what was learned.",
    "--export writes data, reward and launch script for TRL, verl or OpenAI's graders, and trains nothing.",
  ],
  examples: [
    {
      command: "cot finetune sums.jsonl --method reinforcement -o reasoner",
      says: "builtin:base learns to reason, rewarded for right answers alone",
    },
    {
      command: "cot finetune traces/ --method supervised -o student",
      says: "random weights learn a teacher's verified traces",
    },
    {
      command: "cot finetune q.jsonl --method reinforcement --reward agreement -o unlabelled",
      says: "without right answers: agreement with its own majority",
    },
    {
      command: "cot finetune traces/ --method supervised -m gpt-4.1-mini --base-url URL -o job",
      says: "a job at an endpoint; again, and it is followed on",
    },
    { command: "cot finetune gsm8k.jsonl --export trl -o trl", says: "for open weights on a GPU" },
  ],
  flags: [
    finetuneFlags,
    pick(samplingFlags, "seed"),
    pick(resultFlags, "fresh", "json"),
    questionFlags,
    endpointFlags,
    pick(limitFlags, "dryRun"),
    generalFlags,
  ],
  exitCodes: [0, 2, 5, 70, 74, 75, 77, 130, 143],
  async run([data], settings, terminal) {
    const { runFinetune } = await import("./finetune/run.ts");
    return runFinetune(data!, settings, terminal);
  },
});
