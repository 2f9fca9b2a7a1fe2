import * as z from "zod";
import {
  assistantTurn,
  promptTurns,
  traceStyles,
  turnSchema,
  type TrainingFormat,
  type Turn,
} from "./format.ts";

const reply = z
  .array(turnSchema)
  .min(1)
  .refine((turns) => turns.at(-1)?.role === "assistant", "has to end with the assistant's message");
const rowSchema = z
  .looseObject({ prompt: z.array(turnSchema).min(1), chosen: reply, rejected: reply })
  .refine((row) => JSON.stringify(row.chosen) !== JSON.stringify(row.rejected), {
    message: "is the same as chosen",
    path: ["rejected"],
  });

/** `{"prompt": [turns], "chosen": [turn], "rejected": [turn]}`: a right trace against a wrong one. */
export const dpo: TrainingFormat = {
  readers: "TRL's DPOTrainer, Axolotl",
  schema: rowSchema,
  claims: (row) => "chosen" in row || "rejected" in row,
  conversations: (row) =>
    (["chosen", "rejected"] as const).map((part) => ({
      turns: [...(row["prompt"] as Turn[]), ...(row[part] as Turn[])],
      part,
      templated: true,
    })),
  styles: traceStyles,
  write(lesson, style) {
    if (!lesson.rejected) return undefined;
    const [chosen, rejected] = [assistantTurn(lesson, style), assistantTurn(lesson.rejected, style)];
    // without their reasoning a right and a wrong trace may say the same
    if (chosen.content === rejected.content && chosen.reasoning_content === rejected.reasoning_content) {
      return undefined;
    }
    return { prompt: promptTurns(lesson), chosen: [chosen], rejected: [rejected] };
  },
};
