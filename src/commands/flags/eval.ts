import { flagGroup } from "./flag.ts";
import { decimal, file, text } from "./value.ts";

export const evalFlags = flagGroup("Evaluation", {
  from: {
    flag: "--from",
    value: text("answers", "file"),
    help: "grade finished answers (results of batch, or JSON lines with gold and answer or output) and ask nothing",
  },
  compare: {
    flag: "--compare",
    value: text("prompt|policy|model,…", "file"),
    help: "measure several on the same questions, the others against the first",
  },
  by: {
    flag: "--by",
    value: text("field"),
    help: "also for each value of a field of the questions",
    repeatable: true,
  },
  minAccuracy: {
    flag: "--min-accuracy",
    value: decimal("0..1", { min: 0, max: 1 }),
    help: "exit 1 where the accuracy (of any setting compared) is lower",
  },
  reward: {
    flag: "--reward",
    value: text("name|command"),
    help: "grade by a reward in place of equality: accuracy, format, steps, length, cost, agreement, or a command",
  },
  markdown: { flag: "--markdown", help: "print the tables as Markdown" },
  html: { flag: "--html", value: file(), help: "write one page with every question, to filter and search" },
});
