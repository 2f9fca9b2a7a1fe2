import { defineCommand } from "./command.ts";
import { callFlags } from "./flags/model.ts";
import { questionFlags } from "./flags/questions.ts";
import { questionContextFlags, reasoningFlags } from "./flags/reasoning.ts";
import { resultFlags } from "./flags/results.ts";
import { usageError } from "../errors.ts";

export const command = defineCommand({
  arguments: [{ name: "question", variadic: true }],
  purpose: ["Asks a model a question, lets it reason, and prints the reasoning and the final answer."],
  examples: [{ command: 'cot ask "What is 17×24?"', says: "reasoning, then the answer" }],
  flags: [questionContextFlags, reasoningFlags, resultFlags, questionFlags, ...callFlags],
  exitCodes: [0, 1, 2, 3, 4, 5, 70, 74, 75, 77, 130, 143],
  async run(words, settings, terminal) {
    await terminal.stdout.write(`${words.join(" ")} ${settings.samples ?? 1}\n`);
    throw usageError("not there yet");
  },
});
