import { checkSteps, type Step } from "../grading/steps.ts";
import type { Completion, Message } from "../models/model.ts";
import { stopsQuestion } from "./failure.ts";
import { fitAnswer } from "./fit.ts";
import { followUp, type FollowUp } from "./follow-up.ts";
import type { Asking } from "./options.ts";
import type { JsonValue, Result, Sample } from "./result.ts";
import { failedSample, fullText, toSample } from "./sample.ts";
import { addSpent, retally, withFailure } from "./tally.ts";
import { sameAnswer } from "./vote.ts";

/**
 * Lets a model correct itself, for `refineRounds` rounds at most. A trace with a provably wrong step is redone from
 * there; a trace without one is verified: the question is solved once more without sight of the first answer, and
 * where the two differ they are reconciled. Models seldom mend themselves without such evidence (Huang et al. 2023,
 * arXiv:2310.01798), so the first answer stays unless the second is better supported: by fewer wrong steps, or by
 * more votes. A round without an answer changes nothing.
 */
export async function refine(result: Result, asking: Asking): Promise<Result> {
  const { options, hooks } = asking;
  const first = result.samples[result.representative];
  if (!first || result.answer === undefined) return result;
  const from: JsonValue = result.answer;
  const refining: Refining = { ...asking, spent: [], next: result.samples.length };
  let current = first;
  let rounds = 0;
  let going = true;
  while (going && rounds < (options.refineRounds ?? 0)) {
    rounds++;
    const wrong = firstWrong(current);
    hooks.onEvent?.({ type: "refine-start", round: rounds, ...(wrong ? { wrong } : {}) });
    const better = wrong ? await redo(current, wrong, refining) : await verify(current, result, refining);
    if (better) current = better;
    // a trace that has been verified, or has no wrong step left, is as good as this gets
    going = wrong !== undefined && firstWrong(current) !== undefined;
    if (refining.spent.some((sample) => sample.error && stopsQuestion(sample.error))) break;
  }
  let refined = result;
  if (current !== first) {
    const { answer, reasoning, text } = first;
    const before = { ...(answer === undefined ? {} : { answer }), reasoning, text };
    refined = retally(result, { ...current, index: first.index, before });
  }
  for (const { usage, cost, latencyMs } of refining.spent)
    refined = addSpent(refined, usage, cost, latencyMs);
  const stop = refining.spent.find((sample) => sample.error && stopsQuestion(sample.error))?.error;
  if (stop) return withFailure(refined, stop);
  const changed = refined.answer !== undefined && !sameAnswer(from, refined.answer);
  hooks.onEvent?.({ type: "refine-done", changed, from });
  return { ...refined, refined: { rounds, changed, from } };
}

interface Refining extends Asking {
  /** Every sample that refining took, used or not. */
  spent: Sample[];
  /** Index of the next request: a seed of its own, a place of its own in the store. */
  next: number;
}

/** The trace redone from its first wrong step, where that left fewer wrong ones. */
async function redo(current: Sample, wrong: Step, refining: Refining): Promise<Sample | undefined> {
  const { question, options, model } = refining;
  const second =
    model.endpoint === "builtin"
      ? await goOn(fullText(current).slice(0, wrong.at ?? 0), refining)
      : await take(refining, { messages: [...options.messages(question), ...correction(current, wrong)] });
  if (second.answer === undefined) return undefined;
  return wrongSteps(second) < wrongSteps(current) ? second : undefined;
}

/** The built-in model goes on from the last good step, drawing at random: its likeliest continuation is the wrong one. */
function goOn(prefix: string, refining: Refining): Promise<Sample> {
  return take(refining, { fields: prefix === "" ? { temperature: 1 } : { prefix, temperature: 1 } });
}

/** A second solution that a third one bears out against the first; undefined where the first answer stands. */
async function verify(current: Sample, result: Result, refining: Refining): Promise<Sample | undefined> {
  const { question, options, model } = refining;
  const fields = model.endpoint === "builtin" ? { temperature: 1 } : {};
  const second = await take(refining, { fields });
  if (second.answer === undefined || sameAnswer(second.answer, current.answer!)) return undefined;
  const third = await take(
    refining,
    model.endpoint === "builtin"
      ? { fields }
      : { messages: reconciliation(options.messages(question), current, second) },
  );
  if (third.answer === undefined || !sameAnswer(third.answer, second.answer) || wrongSteps(third) > 0)
    return undefined;
  const votesFor = (answer: JsonValue): number =>
    result.votes.find((vote) => sameAnswer(answer, vote.answer))?.count ?? 0;
  return votesFor(second.answer) + 2 > votesFor(current.answer!) ? third : undefined;
}

async function take(refining: Refining, request: Omit<FollowUp, "index">): Promise<Sample> {
  const index = refining.next++;
  const reply = await followUp(refining, { ...request, index });
  let sample = reply.failure
    ? failedSample(index, reply.failure)
    : toSample(continued(reply.completion, request.fields?.prefix), refining);
  const { schema } = refining.options;
  if (schema) sample = await fitAnswer(sample, schema, refining);
  refining.spent.push(sample);
  return sample;
}

/** A completion that went on from a prefix is the whole trace, prefix included. */
function continued(completion: Completion, prefix: string | undefined): Completion {
  if (prefix === undefined || completion.text.startsWith(prefix)) return completion;
  return { ...completion, text: prefix + completion.text };
}

function firstWrong(sample: Sample): Step | undefined {
  return checkSteps(fullText(sample)).find((check) => !check.ok);
}

function wrongSteps(sample: Sample): number {
  return checkSteps(fullText(sample)).filter((check) => !check.ok).length;
}

function correction(current: Sample, { step, expected }: Step): Message[] {
  const right = expected === undefined ? "" : ` The left side is ${expected}.`;
  return [
    { role: "assistant", content: fullText(current) },
    {
      role: "user",
      content:
        `This step is wrong: ${step}.${right} Keep what stands before it, correct it, go on from there, ` +
        "and state the final answer in the same form as before.",
    },
  ];
}

/** The question's messages, with both solutions after the question. */
function reconciliation(messages: readonly Message[], first: Sample, second: Sample): Message[] {
  const last = messages.at(-1)!;
  const content =
    `${last.content}\n\nTwo solutions have been proposed, and their answers differ.\n\n` +
    `Solution 1:\n${fullText(first)}\n\nSolution 2:\n${fullText(second)}\n\n` +
    "At least one of them is wrong. Find the first error, work the problem out again with care, and state the final answer.";
  return [...messages.slice(0, -1), { ...last, content }];
}
