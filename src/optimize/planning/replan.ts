import { mean } from "../../eval/statistics.ts";
import type { Caps } from "../../models/middleware/budget.ts";
import type { Usage } from "../../models/model.ts";
import type { Rollout } from "../rollouts.ts";
import { settingKey, type Setting } from "../search/space.ts";

/** Sent under a cap where there is no `--max-tokens`. */
const cappedMaxTokens = 8192;
/** A cap is kept by reserving the most that a request could take: its samples, and no tokenizer makes more of a prompt. */
const samplesInFlight = 3;
const promptReserve = 8;
/** Later requests are dearer: demonstrations make prompts several times as long. */
const growth = { prompt: 3, completion: 1.25 };

/**
 * How many requests fit into the caps on tokens and cost, by what those so far have taken.
 * @param requests planned so far, the most that is given
 */
export function withinCaps(
  rollouts: readonly Rollout[],
  requests: number,
  { maxTokensTotal, maxCost }: Pick<Caps, "maxTokensTotal" | "maxCost">,
  maxTokens = cappedMaxTokens,
): number {
  const taken = rollouts.reduce((sum, { result }) => sum + result.samples.length, 0);
  if (taken === 0) return requests;
  const total = (field: "promptTokens" | "completionTokens"): number =>
    rollouts.reduce((sum, { result }) => sum + (result.usage[field] ?? 0), 0);
  const [prompt, completion] = [total("promptTokens"), total("completionTokens")];
  const tokens = prompt + completion;
  const dearer = (growth.prompt * prompt + growth.completion * completion) / tokens;
  const cost = rollouts.reduce((sum, { result }) => sum + (result.cost ?? 0), 0);
  const reserve = samplesInFlight * maxTokens + (promptReserve * prompt) / taken;
  const fits = (cap: number | undefined, spent: number): number => {
    if (cap === undefined || spent === 0) return Infinity;
    return Math.floor(((cap - spent - (reserve / tokens) * spent) / (dearer * spent)) * taken) + taken;
  };
  return Math.max(0, Math.min(requests, fits(maxTokensTotal, tokens), fits(maxCost, cost)));
}

/** What a rollout or a reflection has taken. */
export interface Spent {
  usage: Usage;
  cost?: number | null;
}

/**
 * How often some settings can all be played once more within the caps, by what each of them has taken so far.
 * @param reflections what was spent beside the rollouts
 */
export function playsWithin(
  settings: readonly Setting[],
  rollouts: readonly Rollout[],
  reflections: readonly Spent[],
  { maxTokensTotal, maxCost }: Pick<Caps, "maxTokensTotal" | "maxCost">,
  maxTokens = cappedMaxTokens,
): number {
  const played = settings.map((setting) => {
    const key = settingKey(setting);
    return rollouts.flatMap((rollout) => (settingKey(rollout.setting) === key ? [rollout.result] : []));
  });
  const all = [...rollouts.map(({ result }) => result), ...reflections];
  const fits = (cap: number | undefined, of: (taken: Spent) => number): number => {
    if (cap === undefined) return Infinity;
    const each = played.map((results) => mean(results.map(of)));
    const spent = all.reduce((total, taken) => total + of(taken), 0);
    // of the last play, the most that it could take is reserved
    const reserved = played.map((results, i) => {
      const tokens = Math.max(1, mean(results.map(tokensOf)));
      const prompt = mean(results.map(({ usage }) => usage.promptTokens ?? 0));
      return (each[i]! / tokens) * (promptReserve * prompt + results[0]!.samples.length * maxTokens);
    });
    const free = cap - spent - Math.max(...reserved);
    return Math.max(0, Math.floor(free / each.reduce((total, one) => total + one, 0)));
  };
  return Math.min(
    fits(maxTokensTotal, tokensOf),
    fits(maxCost, ({ cost }) => cost ?? 0),
  );
}

function tokensOf({ usage }: Spent): number {
  return (usage.promptTokens ?? 0) + (usage.completionTokens ?? 0);
}
