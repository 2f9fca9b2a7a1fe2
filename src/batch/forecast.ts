import type { Question } from "../questions/question.ts";
import type { AskOptions } from "../reasoning/options.ts";
import type { Result } from "../reasoning/result.ts";
import { nextRound } from "../reasoning/vote.ts";
import { createSeen } from "./seen.ts";

export interface Range {
  low: number;
  high: number;
}

/** What a run will send: ranges, ends included. */
export interface Forecast {
  /** Questions that will be asked. */
  questions: number;
  /** Questions that an earlier run has answered already. */
  answered: number;
  requests: Range;
  /** Tokens. */
  prompt: Range;
  /** Tokens. */
  completion: Range;
}

/** What an earlier run has left: a question's result, undefined where it has to be asked. */
export type Replay = (question: Question) => Promise<Result | undefined>;

/** Characters a token: English prose has about four and a half, digits and formulas two or three. */
const charactersAToken = { low: 5, high: 2.5 };
/** Tokens of a reply without `--max-tokens`: from a bare answer to long reasoning. */
const replyTokens = { low: 50, high: 4_096 };
/** A schema may take so many requests a sample. */
const schemaRequests = 3;

/**
 * Reads every question, holds none, sends nothing. Retries are left out. Where an earlier run has left replies, their
 * ratios take the place of rules of thumb.
 */
export async function forecast(
  questions: AsyncIterable<Question>,
  options: AskOptions,
  replay: Replay = () => Promise.resolve(undefined),
): Promise<Forecast> {
  const { samples = 1, refineRounds = 0, maxTokens } = options;
  // a first round may decide the vote; with a seed each sample is a request of its own
  const firstRound = options.everySample === true ? samples : nextRound([], samples, options);
  const further = 1 + refineRounds + (options.schema === undefined ? 0 : schemaRequests - 1);
  const perQuestion: Range = {
    low: options.seed === undefined ? 1 : firstRound,
    high: samples * further + (options.vote === "model" ? 1 : 0),
  };
  const seen = createSeen();
  let count = 0;
  let answered = 0;
  let characters = 0;
  for await (const question of questions) {
    let length = 0;
    for (const { content } of options.messages(question)) length += content.length;
    const result = await replay(question);
    if (result === undefined) {
      count += 1;
      characters += length;
    } else {
      answered += 1;
      seen.learn(result, length);
    }
  }
  const ratio = seen.charactersAToken ?? charactersAToken;
  const perReply: Range = {
    low: Math.min(replyTokens.low, maxTokens ?? Infinity),
    high: maxTokens ?? replyTokens.high,
  };
  const replies: Range = { low: count * firstRound, high: count * perQuestion.high };
  return {
    questions: count,
    answered,
    requests: { low: count * perQuestion.low, high: count * perQuestion.high },
    prompt: {
      low: Math.round((characters / ratio.low) * perQuestion.low),
      high: Math.round((characters / ratio.high) * perQuestion.high),
    },
    completion: {
      low: seen.tokensOf(replies.low)?.low ?? replies.low * perReply.low,
      high: seen.tokensOf(replies.high)?.high ?? replies.high * perReply.high,
    },
  };
}
