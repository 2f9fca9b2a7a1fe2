import * as z from "zod/mini";

import { usageError } from "../errors.ts";
import { efforts } from "../models/effort.ts";
import { schemaProblem } from "../schema-problem.ts";
import type { Prompt } from "./prompt.ts";
import { isTemplateName, templates } from "./templates.ts";

const demonstration = z.strictObject({
  question: z.string().check(z.minLength(1)),
  /** What the model is shown to have said: reasoning, then the answer. */
  response: z.string().check(z.minLength(1)),
});

const sampling = z.strictObject({
  temperature: z.optional(z.number().check(z.gte(0))),
  samples: z.optional(z.int().check(z.gte(1))),
  effort: z.optional(z.enum(efforts)),
  max_tokens: z.optional(z.int().check(z.gte(1))),
});

const policySchema = z.strictObject({
  version: z.literal(1),
  /** What `builtin` reads, and a table of results shows: `direct` asks for the bare answer, all others for reasoning. */
  strategy: z.string().check(z.minLength(1)),
  /**
   * The message, with `{{question}}` in its place, or text that stands before the question. Where it is absent,
   * `strategy` names one of the templates.
   */
  instructions: z.optional(z.string()),
  demonstrations: z._default(z.array(demonstration), []),
  /** Show only so many of the demonstrations: for each question those that are most like it. Absent: all of them. */
  retrieve: z.optional(z.int().check(z.gte(1))),
  /** How like questions are found, where the endpoint that is asked has this model; else by their words. */
  embeddings: z.optional(
    z.strictObject({
      model: z.string().check(z.minLength(1)),
      /** Of the demonstrations' questions, in their order: a byte a dimension, in base64. */
      vectors: z.array(z.string().check(z.minLength(1))),
    }),
  ),
  sampling: z._default(sampling, {}),
  /** Where it came from: no times, so that the same run writes the same file. */
  provenance: z.optional(z.record(z.string(), z.unknown())),
});

/** A prompt policy: instructions, demonstrations and sampling settings that were measured together. */
export type Policy = z.infer<typeof policySchema>;

/**
 * Reads a policy file's text.
 * @param path for the messages
 * @throws CotError (usage) with path and field
 */
export function parsePolicy(text: string, path: string): Policy {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    // the parser quotes the text, lines and all
    throw usageError(`${path} is not JSON: ${(error as Error).message.replace(/\s+/g, " ")}`);
  }
  const parsed = policySchema.safeParse(json);
  if (!parsed.success) {
    throw usageError(
      `${path} is not a policy: ${schemaProblem(parsed.error)}`,
      "It has version (1) and strategy, and may have instructions, demonstrations, retrieve, embeddings, sampling and " +
        "provenance; cot optimize and cot distill write them.",
    );
  }
  const policy = parsed.data;
  if (policy.instructions === undefined && !isTemplateName(policy.strategy)) {
    throw usageError(
      `${path} is not a policy: it has no instructions, and its strategy "${policy.strategy}" is no template`,
      `Templates are ${Object.keys(templates).join(", ")}.`,
    );
  }
  const vectors = policy.embeddings?.vectors;
  if (vectors !== undefined && vectors.length !== policy.demonstrations.length) {
    throw usageError(
      `${path} is not a policy: it has ${policy.demonstrations.length} demonstrations, and ${vectors.length} vectors of them`,
      "Without the field embeddings they are found by their words.",
    );
  }
  return policy;
}

/** The text of a policy file. */
export function formatPolicy(policy: Policy): string {
  return `${JSON.stringify(policySchema.parse(policy), null, 2)}\n`;
}

/**
 * The prompt that a policy puts questions with. One that retrieves its demonstrations needs an index
 * (`retrievingPrompt`); here it shows its first ones.
 */
export function policyPrompt(policy: Policy, path: string): Prompt {
  return {
    name: path,
    strategy: policy.strategy,
    template: policyTemplate(policy),
    demonstrations: policy.demonstrations.slice(0, policy.retrieve),
  };
}

function policyTemplate({ instructions, strategy }: Policy): string {
  if (instructions === undefined) return isTemplateName(strategy) ? templates[strategy] : "{{question}}";
  if (instructions.includes("{{question}}")) return instructions;
  return instructions === "" ? "{{question}}" : `${instructions}\n\n{{question}}`;
}
