import { mean } from "../eval/statistics.ts";
import { shuffled, type Random } from "../random.ts";
import { groupsOf, type Play, type PlayAll } from "./search/play.ts";
import { initialSetting, someSettings, type CostOf, type Factor } from "./search/space.ts";

export interface HeadroomOptions {
  factors: readonly Factor[];
  budget: number;
  costOf: CostOf;
  questions: readonly number[];
  random: Random;
  /** The most that a rollout can earn; undefined where nobody knows. */
  highestReward?: number;
}

export interface Headroom {
  /** Mean reward of the initial policy. */
  initial: number;
  /** Rewards of other settings are as far apart as this; 1 at least. */
  scale: number;
  /** Why there is nothing to learn. */
  stop?: string;
}

/** The share of the highest reward over which the initial policy leaves nothing to gain. */
const saturated = 0.95;
/** Fewer questions than this tell little; a larger budget asks more of them. */
const telling = 8;
/** Groups without any spread that are enough to give up. */
const stillGroups = 16;

/** Plays the initial setting, and random ones beside it, to see whether there is anything to learn. */
export async function checkHeadroom(playAll: PlayAll, options: HeadroomOptions): Promise<Headroom> {
  const plays = pairsOf(options);
  if (plays.length === 0) return { initial: 0, scale: 1, stop: "the budget is too small to try anything" };
  const rewards = await playAll(plays);
  const own = rewards.filter((reward, i): reward is number => i % 2 === 0 && typeof reward === "number");
  const all = rewards.filter((reward) => reward !== null);
  if (own.length === 0) return { initial: 0, scale: 1, stop: "the reward could judge none of the answers" };
  const initial = mean(own);
  const scale = Math.max(1, Math.max(...all) - Math.min(...all));
  const stop = reasonToStop(initial, all, plays, rewards, options.highestReward);
  return { initial, scale, ...(stop === undefined ? {} : { stop }) };
}

/** The initial setting and another one on the same question, as many questions as the budget allows. */
function pairsOf({ factors, budget, costOf, questions, random }: HeadroomOptions): Play[] {
  const initial = initialSetting(factors);
  const order = shuffled(random, questions);
  const others = someSettings(factors, order.length, random);
  const plays: Play[] = [];
  let left = budget;
  for (const [i, question] of order.entries()) {
    const pair = [initial, others[i % Math.max(1, others.length)] ?? initial];
    left -= pair.reduce((sum, setting) => sum + costOf(setting), 0);
    if (left < 0) break;
    plays.push(...pair.map((setting) => ({ question, setting })));
  }
  return plays;
}

function reasonToStop(
  initial: number,
  all: readonly number[],
  plays: readonly Play[],
  rewards: readonly (number | null)[],
  highest: number | undefined,
): string | undefined {
  const questions = plays.length / 2;
  const asked = `${String(questions)} question${questions === 1 ? "" : "s"} of the headroom check`;
  const few = questions < telling ? " (a larger budget asks more)" : "";
  if (highest !== undefined && initial > saturated * highest) {
    const share = (100 * (initial / highest)).toFixed(0);
    return `the initial policy earns ${share} % of what can be earned on the ${asked}${few}: too little is left to gain`;
  }
  if (all.every((reward) => reward === 0)) {
    return `no rollout of any setting earned anything on the ${asked}${few}, so there is nothing to learn from`;
  }
  const groups = groupsOf(plays, rewards);
  const still = groups.every(({ rewards: [first, ...rest] }) => rest.every((reward) => reward === first));
  return groups.length >= stillGroups && still
    ? "the settings make no difference on any question"
    : undefined;
}
