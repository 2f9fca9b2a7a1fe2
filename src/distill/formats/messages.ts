import * as z from "zod";
import {
  assistantTurn,
  promptTurns,
  traceStyles,
  turnSchema,
  type TrainingFormat,
  type Turn,
} from "./format.ts";

const rowSchema = z
  .looseObject({ messages: z.array(turnSchema).min(2) })
  .refine((row) => row.messages.at(-1)?.role === "assistant", {
    message: "the last message has to be the assistant's",
    path: ["messages"],
  });

/** `{"messages": [{"role", "content"}, …]}`. */
export const messages: TrainingFormat = {
  readers: "OpenAI fine-tuning, TRL, Axolotl, mlx-lm",
  schema: rowSchema,
  claims: (row) => "messages" in row,
  conversations: (row) => [{ turns: row["messages"] as Turn[], part: "", templated: true }],
  styles: traceStyles,
  write: (lesson, style) => ({ messages: [...promptTurns(lesson), assistantTurn(lesson, style)] }),
};
