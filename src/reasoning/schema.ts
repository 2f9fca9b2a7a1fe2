import type { Ajv } from "ajv";
import { usageError } from "../errors.ts";
import type { JsonValue } from "./result.ts";

/** A JSON Schema, compiled. */
export interface AnswerSchema {
  /** As the file has it. */
  schema: Record<string, unknown>;
  /** @returns what is wrong with a value, in words; undefined where it fits */
  problem: (value: JsonValue) => string | undefined;
}

/**
 * Compiles a JSON Schema: draft 2020-12 unless `$schema` names 2019-09 or draft 7. `format` is a note, as the
 * specification has it by default, and asserts nothing.
 * @param where what the schema is called in errors, such as its file's path
 * @throws CotError `usage` where it is no valid schema
 */
export async function compileSchema(schema: unknown, where: string): Promise<AnswerSchema> {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) {
    throw usageError(`${where} is no JSON Schema: an object is needed, not ${JSON.stringify(schema)}`);
  }
  const dialect = (schema as { $schema?: unknown }).$schema;
  const ajv = new (await dialectOf(dialect))({
    strict: false,
    logger: false,
    validateFormats: false,
    allErrors: true,
  });
  try {
    const validate = ajv.compile(schema);
    return {
      schema: schema as Record<string, unknown>,
      problem: (value) =>
        validate(value) ? undefined : ajv.errorsText(validate.errors, { dataVar: "answer", separator: "; " }),
    };
  } catch (error) {
    throw usageError(
      `${where} is no valid JSON Schema: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

async function dialectOf(dialect: unknown): Promise<typeof Ajv> {
  const name = typeof dialect === "string" ? dialect : "";
  if (/draft-0[67]/.test(name)) return (await import("ajv")).Ajv;
  if (name.includes("2019-09")) return (await import("ajv/dist/2019.js")).Ajv2019;
  return (await import("ajv/dist/2020.js")).Ajv2020;
}

/** Keywords that an endpoint's strict mode knows; anything else and `strict` is refused there. */
const strictKeywords = new Set(
  (
    "$schema $id $ref $defs definitions title description type properties required additionalProperties items " +
    "enum const anyOf pattern format multipleOf minimum maximum exclusiveMinimum exclusiveMaximum minItems maxItems"
  ).split(" "),
);

/**
 * Whether a schema meets the rules of `strict` structured output: an object at the root, every object closed and all
 * of its properties required, no keyword outside the supported ones.
 */
export function meetsStrictRules(schema: Record<string, unknown>): boolean {
  return schema.type === "object" && schema.anyOf === undefined && isStrict(schema);
}

function isStrict(schema: unknown): boolean {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) return false;
  const { properties, required, additionalProperties, items, anyOf, $defs, definitions, type } =
    schema as Record<string, unknown>;
  if (!Object.keys(schema).every((keyword) => strictKeywords.has(keyword))) return false;
  const isObject = type === "object" || (Array.isArray(type) && type.includes("object"));
  if (isObject || properties !== undefined) {
    const names = Object.keys((properties ?? {}) as object);
    const listed = new Set(Array.isArray(required) ? required : []);
    if (additionalProperties !== false || !names.every((name) => listed.has(name))) return false;
  }
  const parts = [properties, $defs, definitions].flatMap((group) => Object.values((group ?? {}) as object));
  if (items !== undefined) parts.push(items);
  if (Array.isArray(anyOf)) parts.push(...(anyOf as unknown[]));
  return parts.every(isStrict);
}

/**
 * The JSON value in a reply: the whole of it, the last fenced block, or from the first bracket to the last.
 * @returns undefined where there is none
 */
export function parseReply(text: string): JsonValue | undefined {
  const fenced = [...text.matchAll(/```[a-z]*\s*\n?([\s\S]*?)```/gi)].map((match) => match[1]!);
  const bracketed = /[[{][\s\S]*[\]}]/.exec(text)?.[0];
  for (const candidate of [text, fenced.at(-1), bracketed]) {
    if (candidate === undefined) continue;
    try {
      return JSON.parse(candidate) as JsonValue;
    } catch {
      // not JSON: the next candidate may be
    }
  }
  return undefined;
}
