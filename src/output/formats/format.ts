import type { Result } from "../../reasoning/result.ts";

/** A form of results: one interface, one file a form. What it makes ends with a newline and is safe on a terminal. */
export interface ResultFormat {
  /** Stands once, before the first result. */
  header: string;
  /** Stands between two results. */
  separator: string;
  format(result: Result): string;
}

export const formatNames = ["text", "answer", "jsonl", "csv"] as const;

export type FormatName = (typeof formatNames)[number];

export interface FormatOptions {
  /** More than one question: text says which one a result is of. */
  several: boolean;
  color: boolean;
}
