import * as z from "zod";
import { bareQuestion } from "../../prompts/bare-question.ts";
import type { Example } from "../../transformer/training/supervised.ts";
import { lessonText } from "./lesson-text.ts";

const turn = z.object({
  role: z.string(),
  content: z.string(),
  reasoning_content: z.string().nullish(),
});
const turns = z.array(turn).min(1);
const text = z.string();

/** What a row of a training file may be, and how its last exchange is read. */
const forms = z.union([
  z.object({ messages: turns }).transform(({ messages }) => fromTurns(messages)),
  z
    .object({ prompt: turns, completion: turns })
    .transform(({ prompt, completion }) => fromTurns([...prompt, ...completion])),
  z.object({ prompt: text, completion: text }).transform((row) => exchange(row.prompt, row.completion)),
  z
    .object({ conversations: z.array(z.object({ from: text, value: text })) })
    .transform(({ conversations }) =>
      fromTurns(conversations.map(({ from, value }) => ({ role: roleOf(from), content: value }))),
    ),
  z
    .object({ instruction: text, input: text.optional(), output: text })
    .transform(({ instruction, input, output }) =>
      exchange(input ? `${instruction}\n${input}` : instruction, output),
    ),
  // a kept trace, or a result of cot ask and cot batch
  z
    .object({ question: text, reasoning: text.nullish(), text })
    .transform((row) => exchange(row.question, row.text, row.reasoning)),
  z
    .object({ question: text, samples: z.array(z.object({ text, reasoning: text.nullish() })).min(1) })
    .transform(({ question, samples: [first] }) => exchange(question, first!.text, first!.reasoning)),
  z
    .object({ question: text, reasoning: text.nullish(), answer: z.union([text, z.number()]) })
    .transform((row) => exchange(row.question, `Answer: ${row.answer}`, row.reasoning)),
]);

export interface Exchange {
  prompt: string;
  said: string;
  reasoning?: string;
}

/** An example for supervised training, and the answer it ends in; the reason where a row is none. */
export type ReadExample = (Example & { answer: string }) | { leftOut: string };

/** The last question and answer of a row; undefined where it has none. */
export function readExchange(row: Record<string, unknown>): Exchange | undefined {
  const parsed = forms.safeParse(row);
  return parsed.success ? parsed.data : undefined;
}

/** Reads one row of a training file, in any of the formats that `cot distill` writes, or a result or trace. */
export function readExample(row: Record<string, unknown>): ReadExample {
  const found = readExchange(row);
  if (found === undefined) return { leftOut: "no question and answer that can be read" };
  const { prompt, said, reasoning } = found;
  const lesson = lessonText(said, reasoning);
  if (lesson === undefined) return { leftOut: "no final answer" };
  // the built-in model reads questions alone
  const { question, template } = bareQuestion(prompt);
  return { question, mode: template === "direct" ? "direct" : "reason", ...lesson };
}

function exchange(prompt: string, said: string, reasoning?: string | null): Exchange {
  // reasoning that stands in the text as well is there once
  const apart = reasoning && !said.includes(reasoning) ? { reasoning } : {};
  return { prompt, said, ...apart };
}

function fromTurns(all: readonly z.infer<typeof turn>[]): Exchange | undefined {
  const last = all.at(-1)!;
  const prompt = all.findLast(({ role }) => role === "user")?.content;
  if (last.role !== "assistant" || prompt === undefined) return undefined;
  return exchange(prompt, last.content, last.reasoning_content);
}

function roleOf(from: string): string {
  return { human: "user", gpt: "assistant" }[from] ?? from;
}
