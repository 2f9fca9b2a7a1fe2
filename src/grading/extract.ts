/** What in the text showed the answer. */
export type Anchor =
  | "boxed"
  | "hash"
  | "phrase"
  | "bold"
  | "tag"
  | "json"
  | "choice"
  | "table"
  | "last-line"
  | "schema";

export interface ExtractOptions {
  /** The question, where it is known: tells a multiple choice, a yes/no or a number apart. */
  question?: string;
  /** True where the token limit cut the text off. */
  truncated?: boolean;
}

/**
 * The final answer that a model's text states. Never throws; answers within 200 ms for a million characters.
 * @returns undefined where the text states none
 */
export function extractAnswer(
  text: string,
  options: ExtractOptions = {},
): { answer: string; anchor: Anchor } | undefined {
  void text;
  void options;
  return undefined;
}
