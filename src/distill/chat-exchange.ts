import * as z from "zod";
import { turnSchema, type Turn } from "./formats/format.ts";
import { roles } from "./formats/sharegpt.ts";

const turns = z.array(turnSchema);
const one = z.union([turns, z.string()]);
const said = z.array(z.looseObject({ from: z.string(), value: z.string() }));

/** The rows that hold chat turns: all of them, the reply last, or the replies apart from what they answer. */
const forms = z.union([
  z.object({ messages: turns }).transform(({ messages }) => [messages]),
  z
    .object({ conversations: said })
    .transform(({ conversations }) => [
      conversations.map(({ from, value }): Turn => ({ role: roleOf(from), content: value })),
    ]),
  z
    .object({ prompt: turns, completion: turns })
    .transform(({ prompt, completion }) => [[...prompt, ...completion]]),
  z
    .object({ prompt: one, chosen: one, rejected: one })
    .transform(({ prompt, chosen, rejected }) =>
      [chosen, rejected].map((reply) => [...asTurns(prompt, "user"), ...asTurns(reply, "assistant")]),
    ),
]);

/** A question and what was said to it. */
export interface ChatExchange {
  question: string;
  /** The assistant's turns, with their reasoning where it has a field. */
  replies: Record<string, unknown>[];
}

/** What a row of chat turns says; undefined for a row that has none, and why not where it cannot be used. */
export function chatExchange(row: Record<string, unknown>): ChatExchange | { bad: string } | undefined {
  const field = ["messages", "conversations", "chosen"].find((name) => row[name] !== undefined);
  if (field === undefined && !Array.isArray(row["prompt"])) return undefined;
  const parsed = forms.safeParse(row);
  if (!parsed.success) return { bad: `field "${field ?? "prompt"}" is no list of chat turns` };
  const exchanges = parsed.data;
  const [first] = exchanges as [Turn[], ...Turn[][]];
  const users = first.filter(({ role }) => role === "user");
  if (users.length !== 1 || exchanges.some((all) => all.at(-1)?.role !== "assistant")) {
    return {
      bad: `a trace is one question and its answer, and "${field ?? "prompt"}" is not (${first.map(({ role }) => role).join(", ")})`,
    };
  }
  return {
    question: users[0]!.content,
    replies: exchanges.map((all) => ({ ...all.at(-1)!, output: all.at(-1)!.content })),
  };
}

function roleOf(from: string): Turn["role"] {
  return from in roles ? roles[from as keyof typeof roles] : "tool";
}

function asTurns(given: Turn[] | string, role: "user" | "assistant"): Turn[] {
  return typeof given === "string" ? [{ role, content: given }] : given;
}
