import { CotError } from "../errors.ts";
import type { Model } from "../models/model.ts";
import { failureOf, stopsQuestion } from "./failure.ts";
import { fitAnswer } from "./fit.ts";
import type { Asking } from "./options.ts";
import { buildRequest, send } from "./request.ts";
import type { Sample } from "./result.ts";
import { failedSample, toSample } from "./sample.ts";
import { groupAnswers, isDecided, nextRound } from "./vote.ts";

export interface Taken {
  /** In order of their index; a failed one carries its error and what had arrived of it. */
  samples: Sample[];
  /** Milliseconds, the slowest reply of each round summed. */
  latencyMs: number;
}

/**
 * Takes a question's samples in rounds: first as many as decide the vote if all agree, then only as many as could
 * still decide it. With `everySample`, and where the model itself is to vote, all at once.
 */
export async function takeSamples(asking: Asking): Promise<Taken> {
  const { question, options, model, hooks } = asking;
  try {
    await options.prepare?.(question, model, hooks.signal);
  } catch (error) {
    return { samples: [failedSample(0, failureOf(error))], latencyMs: 0 };
  }
  const wanted = options.samples ?? 1;
  const allAtOnce = options.everySample === true || options.vote === "model";
  const samples: Sample[] = [];
  let latencyMs = 0;
  for (;;) {
    const counts = groupAnswers(samples).map((group) => group.members.length);
    const remaining = wanted - samples.length;
    if (allAtOnce ? remaining === 0 : isDecided(counts, remaining, options)) break;
    const size = allAtOnce ? remaining : nextRound(counts, remaining, options);
    const round = await takeRound(asking, samples.length, size);
    latencyMs += Math.max(0, ...round.map((sample) => sample.latencyMs));
    samples.push(...round);
    if (round.some(({ error }) => error && stopsQuestion(error)) || round.every(hasFailed)) break;
  }
  return { samples, latencyMs };
}

/** Models that answered `n` with a refusal: not asked that way again. */
const refusesN = new WeakSet<Model>();

/** True where the request failed, rather than its reply: the next round's would, too. */
function hasFailed({ error }: Sample): boolean {
  return error !== undefined && !["no_answer", "truncated", "schema"].includes(error.code);
}

async function takeRound(asking: Asking, first: number, size: number): Promise<Sample[]> {
  const { options, model } = asking;
  const takeSingly = async (from: number): Promise<Sample[]> => {
    const indices = Array.from({ length: first + size - from }, (_, i) => from + i);
    return (await Promise.all(indices.map((index) => takeReply(asking, index, 1)))).flat();
  };
  // equal seeds would fake agreement, so with a seed each sample is a request of its own
  if (size === 1 || options.seed !== undefined || refusesN.has(model)) return takeSingly(first);
  const round = await takeReply(asking, first, size);
  if (round.every((sample) => sample.error?.code === "refused")) {
    refusesN.add(model);
    return takeSingly(first);
  }
  return round.length < size ? [...round, ...(await takeSingly(first + round.length))] : round;
}

/** One request: its completions as samples, or a failed sample for each that was asked for. */
async function takeReply(asking: Asking, firstSample: number, count: number): Promise<Sample[]> {
  const { question, options, model, hooks } = asking;
  const reply = await send(model, buildRequest(question, options, model, firstSample, count), hooks);
  if (reply.completions.length > 0) {
    const samples = reply.completions.slice(0, count).map(async (completion, i) => {
      const free = toSample({ ...completion, sample: firstSample + i }, asking);
      const sample = options.schema ? await fitAnswer(free, options.schema, asking) : free;
      hooks.onEvent?.({ type: "sample-done", sample });
      return sample;
    });
    return Promise.all(samples);
  }
  const failure = failureOf(reply.error ?? new CotError("malformed", `${model.endpoint} sent no completion`));
  return Array.from({ length: count }, (_, i) => {
    const index = firstSample + i;
    const partial = reply.partials.find((candidate) => candidate.sample === index);
    return failedSample(index, failure, partial);
  });
}
