import * as z from "zod";

/** One turn of a conversation, as trainers read it; further fields are kept, since a chat template may read them. */
export const turnSchema = z.preprocess(
  withContent,
  z.looseObject({
    role: z.enum(["system", "developer", "user", "assistant", "tool"]),
    content: z.string(),
    reasoning_content: z.string().optional(),
  }),
);

/** A turn that only calls tools may say nothing. */
function withContent(turn: unknown): unknown {
  const { tool_calls: calls, content } = (turn ?? {}) as Record<string, unknown>;
  return Array.isArray(calls) && (content ?? null) === null ? { ...(turn as object), content: "" } : turn;
}

export type Turn = z.infer<typeof turnSchema>;

/** What a trainer makes of a row: the turns, the last of which is the assistant's and is trained on. */
export interface Conversation {
  turns: Turn[];
  /** Which part of the row this is, for messages: `chosen`, `rejected`; empty where there is only one. */
  part: string;
  /** False where the trainer applies no chat template (plain strings). */
  templated: boolean;
}

/** A verified trace, ready to be written: the prompt as the student will meet it, and what the student should say. */
export interface Lesson {
  system?: string;
  prompt: string;
  reasoning: string | null;
  /** The text after the reasoning, with the final answer. */
  answer: string;
  /** For preference pairs: a wrong trace of the same question. */
  rejected?: { reasoning: string | null; answer: string };
}

export const traceStyles = ["think", "field", "inline", "none"] as const;

/** Where the reasoning goes: into `<think>` tags, a field of its own, plain text before the answer, or nowhere. */
export type TraceStyle = (typeof traceStyles)[number];

/** One file format for training data. */
export interface TrainingFormat {
  /** Which trainers read it, for the data card. */
  readers: string;
  /** The rules of its consumers. */
  schema: z.ZodType<Record<string, unknown>>;
  /** Whether a row looks meant for this format, right or not. */
  claims(row: Record<string, unknown>): boolean;
  /** @param row one that `schema` accepts */
  conversations(row: Record<string, unknown>): Conversation[];
  /** Which styles the format can carry. */
  styles: readonly TraceStyle[];
  /** @returns undefined where this lesson has no row in the format (no rejected trace) */
  write(lesson: Lesson, style: TraceStyle): Record<string, unknown> | undefined;
}

/** The assistant's turn in a style. */
export function assistantTurn(said: { reasoning: string | null; answer: string }, style: TraceStyle): Turn {
  const { reasoning, answer } = said;
  if (reasoning === null || style === "none") return { role: "assistant", content: answer };
  if (style === "field") return { role: "assistant", content: answer, reasoning_content: reasoning };
  if (style === "inline") return { role: "assistant", content: `${reasoning}\n\n${answer}` };
  return { role: "assistant", content: `<think>\n${reasoning}\n</think>\n\n${answer}` };
}

/** The turns before the assistant's. */
export function promptTurns(lesson: Lesson): Turn[] {
  const user: Turn = { role: "user", content: lesson.prompt };
  return lesson.system === undefined ? [user] : [{ role: "system", content: lesson.system }, user];
}
