import type { Model } from "../../models/model.ts";
import type { CotError } from "../../errors.ts";
import { failureOf, stopsQuestion } from "../../reasoning/failure.ts";
import { send } from "../../reasoning/request.ts";
import { fullText } from "../../reasoning/sample.ts";
import type { Spent } from "../planning/replan.ts";
import type { Rollout } from "../rollouts.ts";

export interface Reflection {
  model: Model;
  /** The instruction in use now, and its template. */
  instruction: string;
  template: string;
  /** What the reward is, as the user named it. */
  reward: string;
  worst: readonly Rollout[];
  best: readonly Rollout[];
  /** Longest reply, in tokens; without, as long as the model likes. */
  maxTokens?: number;
  /** Which proposal this is, from 0: a repeated request is another sample. */
  proposal: number;
  /** Told what the reply took. */
  onReply: (reply: Spent) => void;
  signal?: AbortSignal;
}

const longestTrace = 1500;

/**
 * Asks a model for a better instruction, showing it the best and the worst traces with what they earned, their checked
 * steps and the reward's feedback (as in GEPA, Agrawal et al. 2025, arXiv:2507.19457).
 * @returns undefined where it fails, says nothing, or is too dear
 * @throws CotError where the run has to stop: key, quota, interruption
 */
export async function reflect(reflection: Reflection): Promise<string | undefined> {
  const content = reflectionPrompt(reflection);
  const { completions, error } = await send(
    reflection.model,
    {
      messages: [{ role: "user", content }],
      question: content,
      strategy: "custom",
      samples: 1,
      firstSample: reflection.proposal,
      ...(reflection.maxTokens === undefined ? {} : { maxTokens: reflection.maxTokens }),
    },
    { ...(reflection.signal && { signal: reflection.signal }) },
  );
  if (error !== undefined) {
    const failure = failureOf(error);
    // what is too dear for the rest of the budget is left out; the rollouts may still fit
    if (failure.code !== "budget" && stopsQuestion(failure)) throw error as CotError;
    return undefined;
  }
  completions.forEach(reflection.onReply);
  return instructionIn(completions[0]?.text ?? "");
}

/** What stands between the last `<instruction>` tags, else the whole reply. */
export function instructionIn(reply: string): string | undefined {
  const tagged = [...reply.matchAll(/<instruction>([\s\S]*?)<\/instruction>/gi)].at(-1)?.[1];
  return (tagged ?? reply).trim() || undefined;
}

export function reflectionPrompt({ instruction, template, reward, worst, best }: Reflection): string {
  return [
    "A language model answers questions. An instruction stands before each question. Write a better one.",
    `The instruction now:\n${instruction === "" ? "(none)" : instruction}`,
    `The message that follows it, with the question in its place:\n${template}`,
    `Answers are rewarded by: ${reward}`,
    ...(worst.length === 0 ? [] : [`Answers that earned the least:\n\n${worst.map(shown).join("\n\n")}`]),
    ...(best.length === 0 ? [] : [`Answers that earned the most:\n\n${best.map(shown).join("\n\n")}`]),
    "Say in a few sentences what goes wrong in the bad answers, and what the good ones do. Then write one instruction " +
      "that helps with every question of this kind, also with others than these. Do not quote or mention any question, " +
      "name or number from above. Put it between <instruction> and </instruction>, 120 words at most.",
  ].join("\n\n");
}

function shown({ question, result, reward, feedback }: Rollout): string {
  const sample = result.samples[Math.max(0, result.representative)]!;
  const wrong = (sample.checks ?? []).filter(({ ok }) => !ok);
  const text = fullText(sample);
  return [
    `Question: ${(question.asked ?? question.question).slice(0, longestTrace)}`,
    `Answer of the model: ${text.length > longestTrace ? `${text.slice(0, longestTrace)} …` : text}`,
    ...(question.gold === undefined ? [] : [`Right answer: ${question.gold}`]),
    ...wrong.map(
      ({ step, expected }) => `Wrong step: ${step}${expected === undefined ? "" : ` (it is ${expected})`}`,
    ),
    ...(result.error === undefined ? [] : [`Failed: ${result.error.message}`]),
    ...(feedback === undefined ? [] : [`Feedback: ${feedback.slice(0, longestTrace)}`]),
    `Reward: ${reward === null ? "unknown" : String(Math.round(reward * 1000) / 1000)}`,
  ].join("\n");
}
