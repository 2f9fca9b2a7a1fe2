import { flagGroup } from "./flag.ts";
import { modelSpec } from "./special-values.ts";
import { choice, file, text } from "./value.ts";

export const optimizeFlags = flagGroup("Optimization", {
  reward: {
    flag: "--reward",
    value: text("name[=weight],…|command"),
    help: "what is learned from: accuracy (default), format, steps, length, cost, agreement, weighted, or a command",
  },
  reflectionModel: {
    flag: "--reflection-model",
    value: modelSpec,
    help: "writes new instructions from the best and worst traces (default: the model itself, save builtin)",
  },
  algorithm: {
    flag: "--algorithm",
    value: choice(["auto", "gradient", "halving"]),
    help: "how the settings are searched; auto (default) halves where all of them can be tried",
  },
  html: {
    flag: "--html",
    value: file(),
    help: "write one page: the learning curve, the tree of candidates, the winner against the first",
  },
});
