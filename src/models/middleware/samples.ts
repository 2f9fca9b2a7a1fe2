import type { Completion, Model, ModelEvent, ModelRequest } from "../model.ts";
import type { Middleware } from "../settings.ts";
import { interleaved } from "./interleave.ts";

/**
 * Gets as many completions as a request asks for where the endpoint's `n` does not: each in a request of its own, at
 * the same time, for endpoints that ignore `n` (found out at the first that does) and for requests with a seed, whose
 * samples need seeds of their own. Where some of these fail, the others are given; where all do, it fails.
 */
export function samples(options: { oneSampleARequest: boolean }): Middleware {
  let single = options.oneSampleARequest;

  async function* generate(
    model: Model,
    request: ModelRequest,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<ModelEvent> {
    const separate = single || request.seed !== undefined;
    const completions: Completion[] = [];
    if (!separate) yield* collecting(model.generate(request, signal), completions);
    const missing = request.samples - completions.length;
    if (missing > 0) {
      if (completions.length === 1) single = true;
      yield* separately(model, request, completions, signal);
    }
    yield { type: "finish", completions: completions.sort((a, b) => a.sample - b.sample) };
  }

  return (model) => ({
    id: model.id,
    endpoint: model.endpoint,
    generate: (request, signal) =>
      request.samples === 1 ? model.generate(request, signal) : generate(model, request, signal),
  });
}

/** Passes deltas on and keeps what finishes. */
async function* collecting(
  events: AsyncIterable<ModelEvent>,
  completions: Completion[],
): AsyncGenerator<ModelEvent> {
  for await (const event of events) {
    if (event.type === "finish") completions.push(...event.completions);
    else yield event;
  }
}

/** Asks for the completions that are missing, a request each. */
async function* separately(
  model: Model,
  request: ModelRequest,
  completions: Completion[],
  signal: AbortSignal | undefined,
): AsyncGenerator<ModelEvent> {
  const errors: unknown[] = [];
  async function* one(offset: number): AsyncGenerator<ModelEvent> {
    const own: ModelRequest = { ...request, samples: 1, firstSample: request.firstSample + offset };
    if (request.seed !== undefined) own.seed = request.seed + offset;
    try {
      yield* collecting(model.generate(own, signal), completions);
    } catch (error) {
      errors.push(error);
    }
  }
  const offsets = Array.from(
    { length: request.samples - completions.length },
    (_, i) => completions.length + i,
  );
  yield* interleaved(offsets.map(one));
  if (completions.length === 0) throw errors[0];
}
