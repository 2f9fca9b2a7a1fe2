import { flagGroup } from "./flag.ts";
import { choice, decimal, file, integer, text } from "./value.ts";

export const reasoningFlags = flagGroup("Reasoning", {
  check: { flag: "--check", help: "evaluate every equation of the reasoning, and mark the wrong ones" },
  refine: {
    flag: "--refine",
    help: "let the model mend its reasoning from the first wrong step (two rounds)",
  },
  refineRounds: {
    flag: "--refine-rounds",
    value: integer("n", { min: 1 }),
    help: "the same with n rounds at most",
  },
  vote: {
    flag: "--vote",
    value: choice(["equal", "model"]),
    help: "group answers that are equal (default), or ask the model for the most consistent one",
  },
  confidence: {
    flag: "--confidence",
    value: decimal("0..1", { min: 0, max: 1 }),
    help: "stop sampling once the vote will hold with this probability",
  },
  minAgreement: {
    flag: "--min-agreement",
    value: decimal("0..1", { min: 0, max: 1 }),
    help: "exit 1 where the winner has a smaller share of the votes; without -n asks for 5 samples",
  },
  schema: { flag: "--schema", value: file(), help: "the final answer has to fit this JSON Schema" },
});

/** What one question can be given along; a run has it in its file. */
export const questionContextFlags = flagGroup("Question", {
  context: { flag: "--context", value: text("file|-", "file"), help: "text to read before the question" },
  expect: {
    flag: "--expect",
    value: text("answer"),
    help: "the right answer: exit 1 where the given one differs",
  },
});
