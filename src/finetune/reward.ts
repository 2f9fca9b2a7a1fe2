import type { CotError } from "../errors.ts";
import type { Question } from "../questions/question.ts";
import { isReadableGold } from "../reasoning/grade.ts";
import { lastingJudge } from "../rewards/lasting.ts";
import { needsGold, parseReward } from "../rewards/parse.ts";
import { refusalReason } from "../transformer/refusal.ts";
import type { Tokenizer } from "../transformer/tokenizer.ts";
import { askedText, textSample } from "./text-sample.ts";

/** What texts of the built-in model earn, all those of one question together. */
export type TextReward = (question: Question, texts: string[]) => Promise<(number | null)[]>;

/**
 * `--reward` for training: texts in, numbers out.
 * @param onFailure told of the first answer that a command fails on
 * @throws CotError `usage` where it cannot be read
 */
export function textReward(
  text: string,
  tokenizer: Tokenizer,
  onFailure: (error: CotError) => void,
  signal?: AbortSignal,
): TextReward {
  const { judge } = lastingJudge(parseReward(text), onFailure);
  return async (question, texts) => {
    const group = texts.map((each, index) =>
      textSample(each, question, tokenizer.encodeText(each).length, index),
    );
    const rewards: (number | null)[] = [];
    // one after the other: a command is a process
    for (const sample of group) rewards.push((await judge(sample, question, group, signal)).reward);
    return rewards;
  };
}

/** Why a question cannot be trained on; undefined where it can. */
export function unusable(question: Question, reward: string, tokenizer: Tokenizer): string | undefined {
  if (needsGold(reward)) {
    if (question.gold === undefined) return "no right answer";
    if (!isReadableGold(question.gold)) return "a right answer that cannot be read";
  }
  return refusalReason(askedText(question), tokenizer) === undefined
    ? undefined
    : "a question outside what the built-in model reads";
}
