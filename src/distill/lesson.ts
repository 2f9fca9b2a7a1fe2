import type { Message } from "../models/model.ts";
import type { Sample } from "../reasoning/result.ts";
import type { Lesson } from "./formats/format.ts";

/**
 * What a student is taught by a trace: the prompt it will meet, the reasoning, and the text after it.
 * @param messages as the teacher was asked; only its system turn and its last user turn are kept
 */
export function toLesson(messages: readonly Message[], chosen: Sample, rejected?: Sample): Lesson {
  const system = messages.find(({ role }) => role === "system")?.content;
  const prompt = messages.findLast(({ role }) => role === "user")!.content;
  return {
    ...(system === undefined ? {} : { system }),
    prompt,
    ...saidBy(chosen),
    ...(rejected === undefined ? {} : { rejected: saidBy(rejected) }),
  };
}

/** Reasoning and answer of a sample, wherever the reasoning stood: what follows it in the text is the answer. */
function saidBy({ reasoning, reasoningFrom, text }: Sample): { reasoning: string | null; answer: string } {
  if (reasoning === null) return { reasoning: null, answer: text.trim() };
  if (reasoningFrom !== "text") return { reasoning: reasoning.trim(), answer: text.trim() };
  const start = text.indexOf(reasoning);
  return { reasoning: reasoning.trim(), answer: text.slice(start < 0 ? 0 : start + reasoning.length).trim() };
}
