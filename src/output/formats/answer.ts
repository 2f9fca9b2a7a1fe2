import { oneLine } from "../terminal/safe.ts";
import { answerText } from "./answer-text.ts";
import type { ResultFormat } from "./format.ts";

/** Line k is question k's final answer, empty if it has none, newlines as spaces, so that `paste` works. */
export const answerFormat: ResultFormat = {
  header: "",
  separator: "",
  format: (result) => `${oneLine(answerText(result) ?? "")}\n`,
};
