import type { Message, Model } from "../models/model.ts";
import { followUp } from "./follow-up.ts";
import type { Asking } from "./options.ts";
import type { Failure, JsonValue, Sample } from "./result.ts";
import { costOf } from "./sample.ts";
import { meetsStrictRules, parseReply, type AnswerSchema } from "./schema.ts";
import { sumCost, sumUsage } from "./usage.ts";

/** Requests a sample takes at most, its own included. */
const requestsAtMost = 3;

/**
 * Fits a sample's answer to a schema. The model has reasoned freely; a second, short request asks for the answer
 * alone, in the endpoint's `response_format` where it has one, so that the reasoning is never constrained. Where that
 * is refused it is asked for in words; where the value does not fit, it is asked for once more with what is wrong.
 */
export async function fitAnswer(sample: Sample, schema: AnswerSchema, asking: Asking): Promise<Sample> {
  const { question, options, model } = asking;
  if (sample.error && sample.error.code !== "no_answer") return sample;
  if (model.endpoint === "builtin") return fitText(sample, schema);

  const messages: Message[] = [
    ...options.messages(question),
    { role: "assistant", content: sample.text || (sample.reasoning ?? "") },
    { role: "user", content: instruction(schema) },
  ];
  const spent = { usages: [sample.usage], costs: [sample.cost], latencyMs: sample.latencyMs };
  const paid = (outcome: Pick<Sample, "answer" | "error">): Sample => ({
    ...withoutAnswer(sample),
    ...outcome,
    ...(outcome.error ? {} : { anchor: "schema" }),
    usage: sumUsage(spent.usages),
    cost: sumCost(spent.costs),
    latencyMs: spent.latencyMs,
  });

  let constrained = !refusesFormat.has(model);
  let problem = "";
  for (let request = 2; request <= requestsAtMost; request++) {
    const reply = await followUp(asking, {
      messages,
      index: sample.index,
      fields: constrained ? { responseFormat: responseFormat(schema) } : {},
    });
    if (reply.failure) {
      if (reply.failure.code !== "refused" || !constrained) return paid({ error: reply.failure });
      refusesFormat.add(model);
      constrained = false;
      problem = reply.failure.message;
      continue;
    }
    const { completion } = reply;
    spent.usages.push(completion.usage);
    spent.costs.push(costOf(completion, model));
    spent.latencyMs += completion.latencyMs;
    const value = parseReply(completion.text);
    const wrong = value === undefined ? "it is not JSON" : schema.problem(value);
    if (value !== undefined && wrong === undefined) return paid({ answer: value });
    problem = wrong ?? problem;
    messages.push(
      { role: "assistant", content: completion.text },
      {
        role: "user",
        content: `That does not fit the schema: ${problem}. Give the corrected JSON and nothing else.`,
      },
    );
  }
  return paid({ error: schemaFailure(problem) });
}

/** Models that refused `response_format`: not asked that way again. */
const refusesFormat = new WeakSet<Model>();

function instruction({ schema }: AnswerSchema): string {
  return `Give the final answer as JSON that fits this JSON Schema, and nothing else:\n${JSON.stringify(schema)}`;
}

function responseFormat({ schema }: AnswerSchema): Record<string, unknown> {
  return { type: "json_schema", json_schema: { name: "answer", strict: meetsStrictRules(schema), schema } };
}

/** The built-in model writes numbers and no JSON: its answer is the value, as it stands or as text. */
function fitText(sample: Sample, schema: AnswerSchema): Sample {
  if (sample.answer === undefined) return sample;
  const text = String(sample.answer);
  const candidates: JsonValue[] = [text];
  const parsed = parseReply(text);
  if (parsed !== undefined) candidates.unshift(parsed);
  const value = candidates.find((candidate) => schema.problem(candidate) === undefined);
  if (value !== undefined) return { ...sample, answer: value, anchor: "schema" };
  return { ...withoutAnswer(sample), error: schemaFailure(schema.problem(candidates[0]!) ?? "") };
}

function withoutAnswer(sample: Sample): Sample {
  const rest = { ...sample };
  delete rest.answer;
  delete rest.anchor;
  delete rest.error;
  return rest;
}

function schemaFailure(problem: string): Failure {
  return { code: "schema", message: `the answer does not fit the schema: ${problem}`, retryable: false };
}
