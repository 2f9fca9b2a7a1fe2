import { CotError } from "../../src/errors.ts";
import type { Completion, Model, ModelEvent, ModelRequest, Usage } from "../../src/models/model.ts";

/** What the mock gives for one completion: a text, or a completion's fields, or an error to throw. */
export type MockReply = string | (Partial<Completion> & { text: string }) | Error;

/** A script: the replies in order (the last repeats), or a function of the request and the sample's index. */
export type MockScript = MockReply[] | ((request: ModelRequest, sample: number) => MockReply);

export interface MockModel extends Model {
  /** Every request it was sent, in order. */
  readonly requests: ModelRequest[];
  /** Requests under way now, and the most there ever were. */
  readonly inFlight: number;
  readonly maxInFlight: number;
}

export interface MockOptions {
  id?: string;
  endpoint?: string;
  /** Awaited before the first event, to hold a request open or to let time pass. */
  before?: (request: ModelRequest, signal?: AbortSignal) => Promise<void>;
}

const usage: Usage = { promptTokens: 10, completionTokens: 5, reasoningTokens: null, cachedTokens: null };

/** A `Model` for unit tests that answers from a script and keeps its requests. Deltas come in two pieces a text. */
export function mockModel(script: MockScript, options: MockOptions = {}): MockModel {
  const requests: ModelRequest[] = [];
  let inFlight = 0;
  let maxInFlight = 0;
  let next = 0;

  function reply(request: ModelRequest, sample: number): MockReply {
    if (typeof script === "function") return script(request, sample);
    return script[Math.min(next++, script.length - 1)] ?? "";
  }

  async function* generate(request: ModelRequest, signal?: AbortSignal): AsyncGenerator<ModelEvent> {
    requests.push(request);
    maxInFlight = Math.max(maxInFlight, ++inFlight);
    try {
      await options.before?.(request, signal);
      const completions: Completion[] = [];
      for (let i = 0; i < request.samples; i++) {
        checkSignal(signal);
        const sample = request.firstSample + i;
        const given = reply(request, sample);
        if (given instanceof Error) throw given;
        const completion: Completion = {
          reasoningFrom: "text",
          finishReason: "stop",
          usage,
          latencyMs: 1,
          ...(request.seed === undefined ? {} : { seed: request.seed + i }),
          ...(typeof given === "string" ? { text: given } : given),
          sample,
        };
        if (completion.reasoning) yield { type: "reasoning-delta", sample, text: completion.reasoning };
        const half = Math.ceil(completion.text.length / 2);
        for (const text of [completion.text.slice(0, half), completion.text.slice(half)]) {
          if (text !== "") yield { type: "text-delta", sample, text };
          checkSignal(signal);
        }
        completions.push(completion);
      }
      yield { type: "finish", completions };
    } finally {
      inFlight--;
    }
  }

  return {
    id: options.id ?? "mock",
    endpoint: options.endpoint ?? "mock.test",
    requests,
    get inFlight() {
      return inFlight;
    },
    get maxInFlight() {
      return maxInFlight;
    },
    generate,
  };
}

function checkSignal(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CotError("interrupted", "interrupted");
}

/** A request with everything that tests seldom care about filled in. */
export function mockRequest(fields: Partial<ModelRequest> = {}): ModelRequest {
  const question = fields.question ?? "What is 17×24?";
  return {
    messages: [{ role: "user", content: question }],
    question,
    strategy: "step-by-step",
    samples: 1,
    firstSample: 0,
    ...fields,
  };
}

/** Reads a model's stream to its end. */
export async function collect(events: AsyncIterable<ModelEvent>): Promise<ModelEvent[]> {
  const all: ModelEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}
