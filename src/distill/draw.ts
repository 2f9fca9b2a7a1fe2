import type { Model } from "../models/model.ts";
import type { Question } from "../questions/question.ts";
import { ask } from "../reasoning/ask.ts";
import type { AskOptions } from "../reasoning/options.ts";
import type { Result } from "../reasoning/result.ts";
import { countDistinct } from "./select/duplicates.ts";
import { verifySamples, type VerifyOptions } from "./verify/verify.ts";

export interface DrawOptions extends AskOptions {
  /** Draws of one question, at most. */
  samples: number;
  /** Verified traces, copies aside, after which a question is left alone. */
  keep: number;
  /** False draws all `samples` of every question. */
  adaptive: boolean;
  verify?: VerifyOptions;
}

/**
 * Asks one question until enough of its samples are verified, copies of one another counted once, or all draws are spent. Each round asks for more samples
 * than the one before; those drawn already are answered by the model's store, so it has to have one.
 */
export async function drawSamples(
  question: Question,
  options: DrawOptions,
  model: Model,
  signal?: AbortSignal,
): Promise<Result> {
  const asking = { ...options, ...drawingTemperature(options, model) };
  for (let drawn = firstRound(question, options); ;) {
    const result = await ask(
      question,
      { ...asking, samples: drawn, everySample: true },
      model,
      signal === undefined ? {} : { signal },
    );
    const verdicts = await verifySamples(question, result.samples, options.verify, signal);
    const verified = result.samples.filter((_, i) => verdicts[i]!.accepted);
    const missing = options.keep - countDistinct(question, verified);
    const spent = drawn >= options.samples || missing <= 0 || result.samples.length < drawn;
    if (spent || result.samples.some(brokeOff)) return result;
    drawn = Math.min(options.samples, drawn + missing);
  }
}

/**
 * One temperature in every round, or samples would be other requests: `builtin` is greedy when asked for one.
 * @param samples draws of one question, at most
 */
export function drawingTemperature(
  { temperature, samples = 1 }: Pick<AskOptions, "temperature" | "samples">,
  { endpoint }: Pick<Model, "endpoint">,
): Pick<AskOptions, "temperature"> {
  if (temperature !== undefined) return { temperature };
  return endpoint === "builtin" && samples > 1 ? { temperature: 1 } : {};
}

/** Without a gold there may have to be a vote, which needs answers. */
function firstRound({ gold }: Question, { samples, keep, adaptive, verify }: DrawOptions): number {
  if (!adaptive) return samples;
  return Math.min(samples, gold === undefined ? Math.max(keep, verify?.votes ?? 4) : keep);
}

/** A sample whose request failed: the next round's would, too. */
function brokeOff({ error }: Result["samples"][number]): boolean {
  return error !== undefined && !["no_answer", "truncated", "schema"].includes(error.code);
}
