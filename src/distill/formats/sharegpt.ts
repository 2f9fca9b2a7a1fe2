import * as z from "zod";
import { assistantTurn, promptTurns, type TrainingFormat, type Turn } from "./format.ts";

export const roles = {
  system: "system",
  human: "user",
  user: "user",
  gpt: "assistant",
  assistant: "assistant",
} as const;

const turn = z.looseObject({
  from: z.enum(Object.keys(roles) as (keyof typeof roles)[]),
  value: z.string(),
});
const rowSchema = z
  .looseObject({ conversations: z.array(turn).min(2) })
  .refine((row) => roles[row.conversations.at(-1)!.from] === "assistant", {
    message: "the last turn has to be gpt's",
    path: ["conversations"],
  });

/** `{"conversations": [{"from": "human", "value"}, {"from": "gpt", "value"}]}`. */
export const sharegpt: TrainingFormat = {
  readers: "LLaMA-Factory, Axolotl",
  schema: rowSchema,
  claims: (row) => "conversations" in row,
  conversations(row) {
    const turns = (row["conversations"] as z.infer<typeof turn>[]).map(({ from, value }): Turn => ({
      role: roles[from],
      content: value,
    }));
    return [{ turns, part: "", templated: true }];
  },
  styles: ["think", "inline", "none"],
  write(lesson, style) {
    const names = { system: "system", user: "human", assistant: "gpt" } as Record<string, string>;
    const turns = [...promptTurns(lesson), assistantTurn(lesson, style)];
    return { conversations: turns.map(({ role, content }) => ({ from: names[role], value: content })) };
  },
};
