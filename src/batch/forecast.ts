import type { Question } from "../questions/question.ts";
import type { AskOptions } from "../reasoning/options.ts";
import { nextRound } from "../reasoning/vote.ts";

export interface Range {
  low: number;
  high: number;
}

/** What a run will send, before anything is known of the model: ranges, ends included. */
export interface Forecast {
  questions: number;
  requests: Range;
  /** Tokens. */
  prompt: Range;
  /** Tokens. */
  completion: Range;
}

/** Characters a token: English prose has about four and a half, digits and formulas two or three. */
const charactersAToken = { low: 5, high: 2.5 };
/** Tokens of a reply without `--max-tokens`: from a bare answer to long reasoning. */
const replyTokens = { low: 50, high: 4_096 };
/** A schema may take so many requests a sample. */
const schemaRequests = 3;

/** Reads every question, holds none, sends nothing. Retries are left out. */
export async function forecast(questions: AsyncIterable<Question>, options: AskOptions): Promise<Forecast> {
  const { samples = 1, refineRounds = 0, maxTokens } = options;
  // a first round may decide the vote; with a seed each sample is a request of its own
  const firstRound = options.everySample === true ? samples : nextRound([], samples, options);
  const further = 1 + refineRounds + (options.schema === undefined ? 0 : schemaRequests - 1);
  const perQuestion: Range = {
    low: options.seed === undefined ? 1 : firstRound,
    high: samples * further + (options.vote === "model" ? 1 : 0),
  };
  let count = 0;
  let characters = 0;
  for await (const question of questions) {
    count += 1;
    for (const { content } of options.messages(question)) characters += content.length;
  }
  return {
    questions: count,
    requests: { low: count * perQuestion.low, high: count * perQuestion.high },
    prompt: {
      low: Math.round((characters / charactersAToken.low) * perQuestion.low),
      high: Math.round((characters / charactersAToken.high) * perQuestion.high),
    },
    completion: {
      low: count * firstRound * Math.min(replyTokens.low, maxTokens ?? replyTokens.low),
      high: count * perQuestion.high * (maxTokens ?? replyTokens.high),
    },
  };
}
