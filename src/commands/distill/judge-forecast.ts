import { forecast } from "../../batch/forecast.ts";
import { judgePrompt } from "../../distill/verify/judge.ts";
import { costOf, priceOf } from "../../models/price.ts";
import { dollars, group } from "../../output/terminal/progress.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import type { Question } from "../../questions/question.ts";
import { isReadableGold } from "../../reasoning/grade.ts";
import { resolveModel } from "../open-model.ts";
import { roleFlags } from "./role-flags.ts";
import type { ChosenOptions, DistillSettings } from "./settings.ts";

/**
 * What `--judge` may add to a run: at most a request for each solution to a question without a right answer. How many
 * of them nothing else proves, only the run can tell.
 * @param solved the question of every solution
 * @returns a line; empty without a judge
 */
export async function judgeForecast(
  solved: AsyncIterable<Question> | Iterable<Question>,
  options: ChosenOptions,
  settings: DistillSettings,
  terminal: Terminal,
): Promise<string> {
  const { judge } = settings;
  if (judge === undefined) return "";
  const flags = await roleFlags(judge, settings, terminal);
  const { spec, settings: resolved } = await resolveModel(flags, terminal, { dry: true });
  async function* unproven(): AsyncGenerator<Question> {
    for await (const question of solved) {
      if (question.gold === undefined || !isReadableGold(question.gold)) yield question;
    }
  }
  const messages = (question: Question) => [{ role: "user" as const, content: judgePrompt(question, "") }];
  const { requests, prompt, completion } = await forecast(unproven(), { ...options, messages, samples: 1 });
  // it reads what the teacher wrote, and writes as much
  const usage = {
    promptTokens: prompt.high + completion.high,
    completionTokens: completion.high,
    reasoningTokens: null,
    cachedTokens: null,
  };
  const price = resolved.price ?? priceOf(spec.provider ?? undefined, spec.model ?? "");
  const cost = price === undefined ? "cost unknown" : `cost $0 to ${dollars(costOf(usage, price)!)}`;
  const tokens = group(usage.promptTokens + usage.completionTokens);
  return `judge      0 to ${group(requests.high)} requests more; tokens 0 to ${tokens}; ${cost}\n`;
}
