import type { Result } from "../../reasoning/result.ts";
import { safeJson, safeText } from "../terminal/safe.ts";

/** The final answer as a person reads it: JSON where a schema gave it; undefined where there is none. */
export function answerText({ answer, anchor }: Pick<Result, "answer" | "anchor">): string | undefined {
  if (answer === undefined) return undefined;
  return typeof answer === "string" && anchor !== "schema" ? safeText(answer) : safeJson(answer);
}
