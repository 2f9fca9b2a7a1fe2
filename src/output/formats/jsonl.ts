import { safeJson } from "../terminal/safe.ts";
import type { ResultFormat } from "./format.ts";
import { resultToJson } from "./json.ts";

/** One object a question, one a line. */
export const jsonlFormat: ResultFormat = {
  header: "",
  separator: "",
  format: (result) => `${safeJson(resultToJson(result))}\n`,
};
