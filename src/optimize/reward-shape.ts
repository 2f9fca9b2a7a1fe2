import { rewards as namedRewards } from "../rewards/parse.ts";
import { highestWeighted } from "../rewards/weighted.ts";

/** Two rollouts agree with each other equally: only where each policy has two is there a difference to see. */
export function repetitionsOf(reward = "accuracy"): number {
  return weightsOf(reward)?.has("agreement") ? 2 : 1;
}

/** The weights of a reward that is made of named ones; undefined for a command. */
function weightsOf(reward: string): Map<string, number> | undefined {
  const parts = reward.split(",").map((part) => part.split("=").map((word) => word.trim()));
  if (!parts.every(([name = ""]) => Object.hasOwn(namedRewards, name))) return undefined;
  return new Map(parts.map(([name, weight = "1"]) => [name!, Number(weight)]));
}

/** The most that a rollout can earn; undefined where nobody knows. */
export function highestReward(reward: string): number | undefined {
  const weights = weightsOf(reward);
  return weights && highestWeighted(weights);
}
