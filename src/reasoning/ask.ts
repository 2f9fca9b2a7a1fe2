import type { Model } from "../models/model.ts";
import type { Question } from "../questions/question.ts";
import type { AskHooks, AskOptions, Asking } from "./options.ts";
import { refine } from "./refine.ts";
import type { Result } from "./result.ts";
import { takeSamples } from "./samples.ts";
import { toResult } from "./tally.ts";
import { refuseVoteByBuiltin, voteByModel } from "./vote-by-model.ts";

/**
 * Answers one question: takes its samples, votes, and, where asked for, fits the answer to a schema and refines it.
 * A question that fails is a result with `error`, the samples so far, and no answer.
 * @throws CotError only for wrong usage; anything else thrown is a bug
 */
export async function ask(
  question: Question,
  options: AskOptions,
  model: Model,
  hooks: AskHooks = {},
): Promise<Result> {
  const asking: Asking = { question, options, model, hooks };
  refuseVoteByBuiltin(asking);
  const { samples, latencyMs } = await takeSamples(asking);
  let result = toResult(asking, samples, latencyMs);
  if (options.vote === "model") result = await voteByModel(result, asking);
  if (options.refineRounds) result = await refine(result, asking);
  return result;
}
