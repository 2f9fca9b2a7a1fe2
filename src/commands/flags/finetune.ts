import { flagGroup } from "./flag.ts";
import { choice, decimal, file, integer, text } from "./value.ts";

export const finetuneFlags = flagGroup("Training", {
  method: {
    flag: "--method",
    value: choice(["supervised", "reinforcement"]),
    help: "learn given answers, or learn from the reward of its own",
  },
  reward: {
    flag: "--reward",
    value: text("name[=weight],…|command"),
    help: "what an answer of its own earns: accuracy (default), format, steps, length, cost, agreement, or a command",
  },
  kl: {
    flag: "--kl",
    value: decimal("x", { min: 0 }),
    help: "what straying from the first weights costs (reinforcement; default 0)",
  },
  steps: {
    flag: "--steps",
    value: integer("n", { min: 1 }),
    help: "updates in all (default: 120 for reinforcement, after the size of the data for supervised)",
  },
  export: {
    flag: "--export",
    value: choice(["trl", "verl", "openai-rft"]),
    help: "train nothing: write data, reward and launch script for a trainer elsewhere to -o",
  },
  output: { flag: "-o, --output", value: text("dir", "directory"), help: "where the trained model goes" },
  html: { flag: "--html", value: file(), help: "write one page with the learning curves" },
});
