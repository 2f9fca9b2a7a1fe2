import * as z from "zod";
import {
  assistantTurn,
  promptTurns,
  traceStyles,
  turnSchema,
  type TrainingFormat,
  type Turn,
} from "./format.ts";

const conversational = z.looseObject({
  prompt: z.array(turnSchema).min(1),
  completion: z
    .array(turnSchema)
    .min(1)
    .refine(
      (turns) => turns.at(-1)?.role === "assistant",
      "the completion has to end with the assistant's message",
    ),
});
const plain = z.looseObject({ prompt: z.string().min(1), completion: z.string() });

/** `{"prompt": [turns], "completion": [turns]}`, or plain strings; the loss is on the completion alone. */
export const promptCompletion: TrainingFormat = {
  readers: "TRL",
  schema: z.union([conversational, plain], {
    error: "prompt and completion have to be both lists of turns or both text",
  }),
  claims: (row) => "completion" in row || ("prompt" in row && !("chosen" in row)),
  conversations(row) {
    if (typeof row["prompt"] === "string") {
      const turns: Turn[] = [
        { role: "user", content: row["prompt"] },
        { role: "assistant", content: row["completion"] as string },
      ];
      return [{ turns, part: "", templated: false }];
    }
    return [
      { turns: [...(row["prompt"] as Turn[]), ...(row["completion"] as Turn[])], part: "", templated: true },
    ];
  },
  styles: traceStyles,
  write: (lesson, style) => ({ prompt: promptTurns(lesson), completion: [assistantTurn(lesson, style)] }),
};
