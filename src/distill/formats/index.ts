import { alpaca } from "./alpaca.ts";
import { dpo } from "./dpo.ts";
import type { TrainingFormat } from "./format.ts";
import { messages } from "./messages.ts";
import { formatNames, type FormatName } from "./names.ts";
import { promptCompletion } from "./prompt-completion.ts";
import { sharegpt } from "./sharegpt.ts";

export { formatNames, type FormatName };

export const formats: Readonly<Record<FormatName, TrainingFormat>> = {
  messages,
  "prompt-completion": promptCompletion,
  sharegpt,
  alpaca,
  dpo,
};

/** The format that a row looks meant for; undefined where none claims it. */
export function recogniseFormat(row: Record<string, unknown>): FormatName | undefined {
  return formatNames.find((name) => formats[name].claims(row));
}
