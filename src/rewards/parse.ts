import { usageError } from "../errors.ts";
import { accuracy } from "./accuracy.ts";
import { agreement } from "./agreement.ts";
import { commandReward } from "./command.ts";
import { cost } from "./cost.ts";
import { format } from "./format.ts";
import { length } from "./length.ts";
import type { Judge, Reward } from "./reward.ts";
import { steps } from "./steps.ts";
import { weightedReward } from "./weighted.ts";

/** The rewards that have a name. */
export const rewards: Readonly<Record<string, Reward>> = { accuracy, format, steps, length, cost, agreement };

interface NamedReward {
  name: string;
  weight: number;
}

/**
 * What `--reward` says, as a function: `accuracy`, `accuracy=1,length=0.1`, or any other text as a command.
 * @throws CotError `usage` where a name is given twice, or nothing is given
 */
export function parseReward(text: string, options: { timeoutMs?: number } = {}): Judge {
  if (text.trim() === "")
    throw usageError("--reward is empty", `name one of ${Object.keys(rewards).join(", ")}`);
  const named = parseNamed(text);
  return named ? weighted(named) : byCommand(text, options);
}

/** True where a reward needs the right answer. */
export function needsGold(text: string): boolean {
  return parseNamed(text)?.some(({ name }) => name === "accuracy") ?? false;
}

function parseNamed(text: string): NamedReward[] | undefined {
  const parts = text.split(",").map((part) => {
    const [, name = "", weight = "1"] =
      /^\s*([a-z]+)\s*(?:=\s*(-?\d+(?:\.\d+)?|-?\.\d+)\s*)?$/.exec(part) ?? [];
    return { name, weight: Number(weight) };
  });
  if (!parts.every(({ name }) => Object.hasOwn(rewards, name))) return undefined;
  const twice = parts.find(({ name }, i) => parts.findIndex((other) => other.name === name) !== i);
  if (twice) throw usageError(`--reward ${text}: ${twice.name} is given twice`);
  return parts;
}

function weighted(parts: readonly NamedReward[]): Judge {
  return (sample, question, group) => {
    const values = parts.map(({ name, weight }) => ({
      name,
      weight,
      value: rewards[name]!(sample, question, group),
    }));
    return Promise.resolve({
      reward: weightedReward(values),
      parts: Object.fromEntries(values.map(({ name, value }) => [name, value])),
    });
  };
}

function byCommand(command: string, { timeoutMs }: { timeoutMs?: number }): Judge {
  return async (sample, question, _group, signal) => {
    const { reward, feedback } = await commandReward(command, sample, question, {
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(signal === undefined ? {} : { signal }),
    });
    return { reward, parts: { command: reward }, ...(feedback === undefined ? {} : { feedback }) };
  };
}
