/** One thing wrong with a row of a training file. */
export interface Finding {
  /** Line in the file, from 1; 0 for the file as a whole, or where it has no lines. */
  line: number;
  /** Which row, from 1, in a file whose rows are not its lines. */
  record?: number;
  rule: Rule;
  message: string;
}

export type Rule =
  | "json"
  | "shape"
  | "empty"
  | "truncated"
  | "tags"
  | "template-token"
  | "duplicate"
  /** the chat template throws the reasoning away, or cannot render the row */
  | "template";
