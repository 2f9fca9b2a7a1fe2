import * as z from "zod";
import { assistantTurn, type TrainingFormat, type Turn } from "./format.ts";

const rowSchema = z.looseObject({
  instruction: z.string().min(1),
  input: z.string().optional(),
  output: z.string(),
  system: z.string().optional(),
});

/** `{"instruction", "input", "output"}`, and `system` where there is one. */
export const alpaca: TrainingFormat = {
  readers: "LLaMA-Factory, Axolotl",
  schema: rowSchema,
  claims: (row) => "instruction" in row || "output" in row,
  conversations(row) {
    const { instruction, input, output, system } = row as z.infer<typeof rowSchema>;
    const turns: Turn[] = system ? [{ role: "system", content: system }] : [];
    turns.push({ role: "user", content: input ? `${instruction}\n${input}` : instruction });
    turns.push({ role: "assistant", content: output });
    return [{ turns, part: "", templated: true }];
  },
  styles: ["think", "inline", "none"],
  write: (lesson, style) => ({
    instruction: lesson.prompt,
    input: "",
    output: assistantTurn(lesson, style).content,
    ...(lesson.system === undefined ? {} : { system: lesson.system }),
  }),
};
