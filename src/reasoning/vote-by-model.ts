import { usageError } from "../errors.ts";
import type { Message } from "../models/model.ts";
import type { Question } from "../questions/question.ts";
import { followUp } from "./follow-up.ts";
import type { Asking } from "./options.ts";
import type { Result } from "./result.ts";
import { costOf } from "./sample.ts";
import { addSpent, withAnswer, withFailure } from "./tally.ts";

/**
 * Universal self-consistency (Chen et al. 2023, arXiv:2311.17311): for answers in free text, which equality cannot
 * group, the model is shown all samples and asked once which is the most consistent. Where its reply names none of
 * them, the vote over equal answers stands.
 */
export async function voteByModel(result: Result, asking: Asking): Promise<Result> {
  const candidates = result.samples.flatMap((sample, position) =>
    sample.answer === undefined ? [] : [position],
  );
  if (result.error || result.votes.length < 2) return result;
  const texts = candidates.map((position) => result.samples[position]!.text);
  const reply = await followUp(asking, {
    messages: [selection(asking.question, texts)],
    index: result.samples.length,
  });
  if (reply.failure) return withFailure(result, reply.failure);
  const { completion } = reply;
  const chosen = candidates[chosenResponse(completion.text) - 1];
  const counted = addSpent(result, completion.usage, costOf(completion, asking.model), completion.latencyMs);
  return chosen === undefined ? counted : { ...withAnswer(counted, chosen), tie: false };
}

/** @throws CotError `usage` where the model cannot be asked to choose */
export function refuseVoteByBuiltin({ options, model }: Pick<Asking, "options" | "model">): void {
  if (options.vote === "model" && model.endpoint === "builtin") {
    throw usageError(
      "--vote model: the built-in model cannot judge texts",
      "leave it out, and equal answers are counted",
    );
  }
}

function selection(question: Question, texts: readonly string[]): Message {
  const responses = texts.map((text, i) => `Response ${i + 1}: ${text}`).join("\n\n");
  return {
    role: "user",
    content:
      `I have generated the following responses to the question: ${question.question}\n\n${responses}\n\n` +
      "Evaluate these responses. Select the most consistent response based on majority consensus. " +
      'Start your answer with "The most consistent response is Response X" (without quotes).',
  };
}

/** The number that a reply names, from 1; 0 where it names none. */
function chosenResponse(text: string): number {
  const stated = /most consistent response is\W*(?:response\W*)?(\d+)/i.exec(text);
  const named = stated ?? [...text.matchAll(/response\W*(\d+)/gi)].at(-1);
  return named ? Number(named[1]) : 0;
}
