import { createHash } from "node:crypto";

import type { Model } from "../models/model.ts";
import { shownUrl } from "../models/secrets.ts";
import type { AskOptions } from "../reasoning/options.ts";

/** What decides the answers of a run, as its journal's first line has it: other settings are another output. */
export interface RunSettings {
  /** A hash of every question; null where they come through a pipe. */
  questions: string | null;
  model: string;
  endpoint: string;
  base_url: string | null;
  prompt: string;
  policy: string | null;
  /** A hash of the messages around the question: the prompt's text, the system message, the policy's examples. */
  messages: string;
  temperature: number | null;
  max_tokens: number | null;
  effort: string | null;
  seed: number | null;
  /** A hash. */
  schema: string | null;
  set: Record<string, unknown> | null;
  [field: string]: unknown;
}

/** How a person knows them. */
const names: Record<keyof RunSettings, string> = {
  questions: "other questions",
  model: "--model",
  endpoint: "the endpoint",
  base_url: "--base-url",
  prompt: "--prompt",
  policy: "--policy",
  messages: "the text of the prompt, the system message or the policy",
  temperature: "--temperature",
  max_tokens: "--max-tokens",
  effort: "--effort",
  seed: "--seed",
  schema: "the schema",
  set: "--set",
};

/**
 * @param questions a hash of every question, where they are known beforehand
 * @param baseUrl as given; undefined where the provider's own is used
 */
export function runSettings(
  options: AskOptions,
  { id, endpoint }: Pick<Model, "id" | "endpoint">,
  questions: string | undefined,
  baseUrl: string | undefined,
): RunSettings {
  return {
    questions: questions ?? null,
    model: id,
    endpoint,
    base_url: baseUrl === undefined ? null : URL.canParse(baseUrl) ? shownUrl(baseUrl) : hash(baseUrl),
    prompt: options.prompt,
    policy: options.policy ?? null,
    messages: hash(options.messages({ id: "", question: "\u0000", context: "\u0001" })),
    temperature: options.temperature ?? null,
    max_tokens: options.maxTokens ?? null,
    effort: options.effort ?? null,
    seed: options.seed ?? null,
    schema: options.schema === undefined ? null : hash(options.schema.schema),
    set: options.set ?? null,
  };
}

function hash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);
}

/** What is not as it was, in words; empty where all is. */
export function changedSettings(before: Record<string, unknown>, now: RunSettings): string[] {
  return Object.entries(names).flatMap(([field, name]) => {
    const [old, current] = [before[field], now[field]];
    if (JSON.stringify(old) === JSON.stringify(current)) return [];
    if (field === "questions") return old == null || current == null ? [] : [name];
    if (field === "messages" || field === "schema") return [name];
    return [`${name} ${shown(current)} instead of ${shown(old)}`];
  });
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "(none)";
  return typeof value === "string" ? value : JSON.stringify(value);
}
