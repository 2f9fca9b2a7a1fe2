import { forecast } from "../../batch/forecast.ts";
import { costOf, priceOf } from "../../models/price.ts";
import { planOptimization, type OptimizeRunOptions } from "../../optimize/run.ts";
import { optionsFor } from "../../optimize/rollouts.ts";
import { dollars, group } from "../../output/terminal/progress.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import type { Question } from "../../questions/question.ts";
import { resolveModel } from "../open-model.ts";
import { planText } from "./progress.ts";
import type { OptimizeSettings } from "./settings.ts";

/** `--dry-run`: the plan, and requests, tokens and cost as a range; nothing is sent. */
export async function printForecast(
  questions: readonly Question[],
  options: OptimizeRunOptions,
  settings: OptimizeSettings,
  terminal: Terminal,
): Promise<number> {
  const { spec, settings: model } = await resolveModel(settings, terminal, { dry: true });
  const builtin = spec.provider === "builtin";
  const planned = await planOptimization(questions, options, { endpoint: builtin ? "builtin" : "elsewhere" });
  const each = await forecast(iterate(questions), optionsFor(options.initial, { base: options.base ?? {} }));
  const { maxTokensTotal = Infinity } = options.caps ?? {};
  // the headroom check may end it
  const requests = { low: planned.plan.headroom, high: planned.requests };
  const tokens = (bound: "low" | "high"): number =>
    Math.min(
      maxTokensTotal,
      Math.round((requests[bound] * (each.prompt[bound] + each.completion[bound])) / each.requests[bound]),
    );
  const price = builtin
    ? { input: 0, output: 0 }
    : (model.price ?? priceOf(spec.provider ?? undefined, spec.model ?? ""));
  const cost = (bound: "low" | "high"): number => {
    const share = requests[bound] / each.requests[bound];
    const usage = {
      promptTokens: each.prompt[bound] * share,
      completionTokens: each.completion[bound] * share,
      reasoningTokens: null,
      cachedTokens: null,
    };
    return Math.min(options.caps?.maxCost ?? Infinity, costOf(usage, price!)!);
  };
  const rows = [
    planText(planned),
    `requests   ${group(requests.low)} to ${group(requests.high)}`,
    `tokens     ${group(tokens("low"))} to ${group(tokens("high"))}`,
    price === undefined
      ? `cost       unknown: no price of ${spec.model ?? "the model"} is known (the config can name it)`
      : `cost       ${dollars(cost("low"))} to ${dollars(cost("high"))}`,
  ];
  await terminal.stdout.write(`${rows.join("\n")}\n`);
  return 0;
}

async function* iterate<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
