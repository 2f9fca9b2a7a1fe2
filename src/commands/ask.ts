import { defineCommand } from "./command.ts";
import { callFlags } from "./flags/model.ts";
import { questionFlags } from "./flags/questions.ts";
import { questionContextFlags, reasoningFlags } from "./flags/reasoning.ts";
import { resultFlags } from "./flags/results.ts";

export const command = defineCommand({
  arguments: [{ name: "question", variadic: true }],
  purpose: [
    "Asks a model, lets it reason, and prints its reasoning and then the final answer. Without a model chosen and " +
      "without a key, the small model in the package answers; it does arithmetic.",
    "A question given as words never reads stdin, so it is safe inside a `while read` loop. Without words, each line " +
      "of stdin is a question.",
  ],
  examples: [
    { command: 'cot ask "What is 17×24?"', says: "the reasoning as it arrives, then the answer" },
    {
      command: "cot ask -a -n 5 < questions.txt",
      says: "five samples a question, the winner of the vote, one a line",
    },
    {
      command: 'cot ask --json -m ollama:qwen3 "17*24?" | jq -r .answer',
      says: "one JSON object, for scripts",
    },
    { command: 'git diff | cot ask "What could break?" --context -', says: "stdin as context" },
    { command: 'cot ask --expect 408 "17*24?" && echo right', says: "a verdict as the exit code" },
  ],
  sections: [
    {
      title: "Input",
      rows: [
        ["cot ask WORDS", "one question; stdin is left alone"],
        ["cot ask -", "all of stdin is one question"],
        [
          "cot ask < FILE",
          "each line is a question; a JSON object with `question` (id, answer, context) also",
        ],
        ["cot ask -- -x?", "all after -- is part of the question; so is a word such as -5+3=?"],
      ],
    },
    {
      title: "Which model answers",
      rows: [
        ["1", "--model, else COT_MODEL, else the config's model; provider:name, an alias, or a bare name"],
        ["2", "--base-url, or OPENAI_BASE_URL where no provider is named: its only model, if none is named"],
        ["3", "else the first provider whose key is set, with its default model (cot models --providers)"],
        ["4", "else builtin, the small model in the package"],
      ],
    },
  ],
  flags: [questionContextFlags, reasoningFlags, resultFlags, questionFlags, ...callFlags],
  exitCodes: [0, 1, 2, 3, 4, 5, 70, 74, 75, 77, 130, 143],
  verdict: "--expect differs or cannot be told, or agreement is under --min-agreement; nothing else",
  async run(words, settings, terminal) {
    const { runAsk } = await import("./ask/run.ts");
    return runAsk(words, settings, terminal);
  },
});
