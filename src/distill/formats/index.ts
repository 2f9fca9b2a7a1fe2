import { alpaca } from "./alpaca.ts";
import { dpo } from "./dpo.ts";
import type { TrainingFormat } from "./format.ts";
import { messages } from "./messages.ts";
import { promptCompletion } from "./prompt-completion.ts";
import { sharegpt } from "./sharegpt.ts";

/** By the names of `--export` and `--as`; the order in which a row is recognised. */
export const formats = {
  messages,
  "prompt-completion": promptCompletion,
  sharegpt,
  alpaca,
  dpo,
} satisfies Record<string, TrainingFormat>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as FormatName[];

/** The format that a row looks meant for; undefined where none claims it. */
export function recogniseFormat(row: Record<string, unknown>): FormatName | undefined {
  return formatNames.find((name) => formats[name].claims(row));
}
