import * as z from "zod/mini";

import { closest } from "../closest.ts";
import { usageError } from "../errors.ts";
import { providers } from "../models/providers.ts";
import { schemaProblem } from "../schema-problem.ts";

const name = z.string().check(z.minLength(1));
const dollars = z.number().check(z.gte(0));

const keySource = z.union(
  [z.strictObject({ env: name }), z.strictObject({ command: name }), z.strictObject({ value: name })],
  'one of {"env": NAME}, {"command": "…"} and {"value": "…"} is needed',
);

const configSchema = z.strictObject({
  /** The default model. */
  model: z.optional(name),
  /** Aliases: `{"fast": "groq:…"}`. */
  models: z.optional(z.record(name, name)),
  /** Keys, by a preset's name or by the host of a base URL of one's own. */
  keys: z.optional(z.record(name, keySource)),
  /** US dollars a million tokens, by the model's name. */
  prices: z.optional(
    z.record(name, z.strictObject({ input: dollars, output: dollars, cached_input: z.optional(dollars) })),
  ),
});

export type Config = z.infer<typeof configSchema>;
export type KeySource = z.infer<typeof keySource>;

/**
 * Reads a config file's text. Values are never shown: one of them may be a key.
 * @throws CotError (usage) with path and field
 */
export function parseConfig(text: string, path: string): Config {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // the parser's own message may quote the text, and a key with it
    throw usageError(
      `the config ${path} is not JSON`,
      `jq . ${path} says where; JSON has no comments, and no comma after the last field.`,
    );
  }
  const parsed = configSchema.safeParse(json);
  if (parsed.success) {
    Object.keys(parsed.data.keys ?? {}).forEach((key) => checkKeyName(key, path));
    return parsed.data;
  }
  throw usageError(
    `the config ${path} is wrong: ${schemaProblem(parsed.error)}`,
    "It may have model, models (aliases), keys ({env|command|value}) and prices; the README shows one.",
  );
}

/** A key that no endpoint would ever get is a slip of the pen: hosts have a dot, a port, or are this machine. */
function checkKeyName(key: string, path: string): void {
  const names = providers.map((provider) => provider.name);
  if (names.includes(key) || /[.:]|^localhost$/.test(key)) return;
  const guess = closest(key, names);
  throw usageError(
    `the config ${path} is wrong: keys.${key}: there is no such provider`,
    guess === undefined
      ? "cot models --providers lists them; for a base URL of your own it is the host (example.com, localhost:8000)."
      : `Did you mean ${guess}?`,
  );
}
