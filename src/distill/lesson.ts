import type { Message } from "../models/model.ts";
import type { Sample } from "../reasoning/result.ts";
import type { Lesson } from "./formats/format.ts";
import { answerText } from "./verify/verify.ts";

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

/**
 * Reasoning and answer of a sample, wherever the reasoning stood: what follows it in the text is the answer. A text
 * that is all reasoning has its answer stated after it, for the student has to end in one.
 */
function saidBy(sample: Sample): { reasoning: string | null; answer: string } {
  const { reasoning, reasoningFrom, text } = sample;
  if (reasoning === null) return { reasoning: null, answer: text.trim() };
  const start = reasoningFrom === "text" ? text.indexOf(reasoning) : -1;
  const rest = text.slice(start < 0 ? 0 : start + reasoning.length).trim();
  const apart = rest !== "" && rest !== reasoning.trim();
  return { reasoning: reasoning.trim(), answer: apart ? rest : `Answer: ${answerText(sample) ?? ""}` };
}
