import { mean } from "../../eval/statistics.ts";
import type { Model } from "../../models/model.ts";
import { isTemplateName, templates } from "../../prompts/templates.ts";
import type { Propose, Round } from "../search/gradient.ts";
import { recombine, refusalOf, type Candidate } from "./instructions.ts";
import { factorsOf, type PolicySpace } from "../policy-space.ts";
import { reflect } from "./reflect.ts";
import type { Spent } from "../planning/replan.ts";
import type { Rollout } from "../rollouts.ts";

export interface ProposerOptions {
  model: Model;
  reward: string;
  /** How often the model may be asked. */
  reflections: number;
  /** Requests that the search has. */
  budget: number;
  /** Of the data, from `phrasesOf`. */
  phrases: ReadonlySet<string>;
  /** Every rollout of the search so far. */
  rollouts: readonly Rollout[];
  space: () => PolicySpace;
  add: (candidate: Candidate) => void;
  onRefused: (text: string, reason: string) => void;
  onReply: (reply: Spent) => void;
  /** Longest answer to a question, in tokens, where that is bounded. */
  maxTokens?: number;
  signal?: AbortSignal;
}

/** Of three proposals, two come from the reflection model and one joins the two best instructions there are. */
const stepsAReflection = 1.5;
/** Tokens that a reflection needs, however short answers to questions are. */
const shortestReflection = 1024;
const worstShown = 3;
const bestShown = 2;
/** An instruction with fewer rollouts has not been tried yet. */
const tried = 4;

/** New instructions, spread evenly over the search. */
export function createProposer(options: ProposerOptions): Propose {
  const steps = Math.floor(options.reflections * stepsAReflection);
  let step = 0;
  let asked = 0;
  return async (round) => {
    if (step >= steps || round.spent < ((step + 1) * options.budget) / (steps + 1)) return undefined;
    step++;
    const recombines = step % 3 === 0;
    const made = recombines ? recombined(options) : await reflected(round, asked++, options);
    if (!made) return undefined;
    const { instruction } = options.space();
    const refusal = refusalOf(made.text, instruction, options.phrases);
    if (refusal !== undefined) {
      options.onRefused(made.text, refusal);
      return undefined;
    }
    options.add({ ...made, level: instruction.length });
    return factorsOf(options.space());
  };
}

type Made = Omit<Candidate, "level">;

async function reflected(
  { best }: Round,
  proposal: number,
  options: ProposerOptions,
): Promise<Made | undefined> {
  const space = options.space();
  const [level, strategy] = best as readonly [number, number];
  const own = options.rollouts.filter(({ setting }) => setting[0] === level);
  const { name, template } = space.strategy[strategy]!;
  const text = await reflect({
    model: options.model,
    instruction: space.instruction[level]!,
    template: template ?? (isTemplateName(name) ? templates[name] : "{{question}}"),
    reward: options.reward,
    ...extremes(own.length >= tried ? own : options.rollouts),
    proposal,
    onReply: options.onReply,
    ...(options.maxTokens !== undefined && { maxTokens: Math.max(options.maxTokens, shortestReflection) }),
    ...(options.signal && { signal: options.signal }),
  });
  return text === undefined ? undefined : { text, source: "reflection", parents: [level] };
}

/** The rollouts that earned the least and the most, each question once, the latest first. */
function extremes(rollouts: readonly Rollout[]): { worst: Rollout[]; best: Rollout[] } {
  const judged = rollouts.filter(({ reward }) => reward !== null).reverse();
  const sorted = judged.sort((a, b) => a.reward! - b.reward!);
  const worst = distinct(sorted, worstShown);
  const highest = distinct(sorted.reverse(), bestShown);
  return { worst, best: highest.filter(({ reward }) => reward! > (worst[0]?.reward ?? -Infinity)) };
}

function distinct(rollouts: readonly Rollout[], count: number): Rollout[] {
  const byQuestion = new Map<string, Rollout>();
  for (const rollout of rollouts) {
    if (!byQuestion.has(rollout.question.id)) byQuestion.set(rollout.question.id, rollout);
  }
  return [...byQuestion.values()].slice(0, count);
}

function recombined({ space, rollouts }: ProposerOptions): Made | undefined {
  const texts = space().instruction;
  const [first, second] = texts
    .map((text, level) => ({ text, level, rewards: rewardsOf(rollouts, level) }))
    .filter(({ text, rewards }) => text !== "" && rewards.length >= tried)
    .sort((a, b) => mean(b.rewards) - mean(a.rewards));
  if (!first || !second) return undefined;
  return {
    text: recombine(first.text, second.text),
    source: "recombination",
    parents: [first.level, second.level],
  };
}

/** What rollouts with an instruction have earned. */
export function rewardsOf(rollouts: readonly Rollout[], level: number): number[] {
  return rollouts.flatMap(({ setting, reward }) => (setting[0] === level && reward !== null ? [reward] : []));
}
