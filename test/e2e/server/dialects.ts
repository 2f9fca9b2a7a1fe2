import type { Dialect } from "./script.ts";

interface DialectRow {
  /** How reasoning is written into a delta or a message; nothing for undefined. */
  reasoning(text: string | undefined): Record<string, unknown>;
  /** Usage comes with the last choice's chunk instead of in one of its own. */
  usageWithLastChoice: boolean;
  /** `[DONE]` ends the stream even where no finish_reason was sent. */
  doneWithoutFinish: boolean;
  /** A comment line that opens the stream. */
  comment?: string;
}

const row = (field: string | null, more: Partial<DialectRow> = {}): DialectRow => ({
  reasoning: (text) => (text === undefined || field === null ? {} : { [field]: text }),
  usageWithLastChoice: false,
  doneWithoutFinish: true,
  ...more,
});

/** How endpoints differ where it matters, after their documentation and recorded replies. */
export const dialects: Record<Dialect, DialectRow> = {
  // hides its reasoning in the chat API
  openai: row(null),
  deepseek: row("reasoning_content", { usageWithLastChoice: true }),
  openrouter: row(null, {
    comment: "OPENROUTER PROCESSING",
    reasoning: (text) =>
      text === undefined
        ? {}
        : {
            reasoning: text,
            reasoning_details: [{ type: "reasoning.text", text, format: "unknown", index: 0 }],
          },
  }),
  ollama: row("reasoning"),
  llamacpp: row("reasoning_content"),
  vllm: row("reasoning"),
  lmstudio: row("reasoning_content"),
  groq: row("reasoning", { usageWithLastChoice: true }),
  mistral: row(null, { usageWithLastChoice: true }),
  gemini: row(null, { usageWithLastChoice: true }),
  anthropic: row(null),
};
