import type { JsonValue } from "./result.ts";

/** A JSON Schema, compiled. */
export interface AnswerSchema {
  /** As the file has it. */
  schema: Record<string, unknown>;
  /** @returns what is wrong with a value, in words; undefined where it fits */
  problem: (value: JsonValue) => string | undefined;
}
