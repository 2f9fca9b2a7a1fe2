import { flagGroup } from "./flag.ts";
import { integer, text } from "./value.ts";

export const questionFlags = flagGroup("Questions", {
  questionField: {
    flag: "--question-field",
    value: text("name"),
    help: "the field or column of the question",
  },
  answerField: {
    flag: "--answer-field",
    value: text("name"),
    help: "the field or column of the right answer",
  },
  idField: { flag: "--id-field", value: text("name"), help: "the field or column of the id" },
  skipBad: { flag: "--skip-bad", help: "leave out lines that cannot be read, counting them" },
  limit: { flag: "--limit", value: integer("n", { min: 1 }), help: "only the first n questions" },
  pick: { flag: "--pick", value: integer("n", { min: 1 }), help: "only n questions, drawn by --seed" },
});
