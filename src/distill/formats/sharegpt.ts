import * as z from "zod";
import { assistantTurn, promptTurns, type TrainingFormat, type Turn } from "./format.ts";

export const roles = {
  system: "system",
  human: "user",
  user: "user",
  gpt: "assistant",
  assistant: "assistant",
  observation: "tool",
  tool: "tool",
  function_call: "assistant",
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
  })
  .refine(({ conversations }) => alternate(conversations), {
    message:
      "after the system's, if there is one, the turns have to be human's (or observation) and gpt's (or function_call) in turn: LLaMA-Factory leaves the row out otherwise",
    path: ["conversations"],
  });

function alternate(turns: readonly z.infer<typeof turn>[]): boolean {
  const rest = turns[0]?.from === "system" ? turns.slice(1) : turns;
  return rest.every(({ from }, i) => {
    const role = roles[from];
    return role !== "system" && (role === "assistant") === (i % 2 === 1);
  });
}

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
