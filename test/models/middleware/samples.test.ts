import { describe, expect, it } from "vitest";
import { CotError } from "../../../src/errors.ts";
import { samples } from "../../../src/models/middleware/samples.ts";
import type { Completion, Model, ModelEvent } from "../../../src/models/model.ts";
import { collect, mockModel, mockRequest } from "../../support/mock-model.ts";

const completionsOf = (events: ModelEvent[]): Completion[] =>
  (events.at(-1) as { completions: Completion[] }).completions;

/** Gives one completion, whatever is asked for. */
function ignoringN(): Model & { asked: number[] } {
  const inner = mockModel((_request, sample) => `sample ${String(sample)}`);
  const asked: number[] = [];
  return {
    id: inner.id,
    endpoint: inner.endpoint,
    asked,
    generate(request, signal) {
      asked.push(request.samples);
      return inner.generate({ ...request, samples: 1 }, signal);
    },
  };
}

describe("samples", () => {
  it("leaves a request to an endpoint that knows n as it is", async () => {
    const inner = mockModel(["a", "b", "c"]);
    const events = await collect(
      samples({ oneSampleARequest: false })(inner).generate(mockRequest({ samples: 3 })),
    );
    expect(completionsOf(events).map(({ text }) => text)).toEqual(["a", "b", "c"]);
    expect(inner.requests).toHaveLength(1);
  });

  it("asks for what is missing, and remembers that n is ignored", async () => {
    const inner = ignoringN();
    const model = samples({ oneSampleARequest: false })(inner);
    for (const firstSample of [0, 3]) {
      const completions = completionsOf(
        await collect(model.generate(mockRequest({ samples: 3, firstSample }))),
      );
      expect(completions.map(({ text }) => text)).toEqual(
        [0, 1, 2].map((offset) => `sample ${String(firstSample + offset)}`),
      );
    }
    expect(inner.asked).toEqual([3, 1, 1, 1, 1, 1]);
  });

  it("sends each sample alone where told, at the same time", async () => {
    const inner = mockModel((_request, sample) => String(sample));
    const events = await collect(
      samples({ oneSampleARequest: true })(inner).generate(mockRequest({ samples: 4 })),
    );
    expect(completionsOf(events).map(({ text }) => text)).toEqual(["0", "1", "2", "3"]);
    expect(inner.maxInFlight).toBe(4);
  });

  it("gives each sample a seed of its own", async () => {
    const inner = mockModel(["x"]);
    const model = samples({ oneSampleARequest: false })(inner);
    await collect(model.generate(mockRequest({ samples: 3, firstSample: 2, seed: 40 })));
    expect(inner.requests.map(({ seed, firstSample, samples: n }) => [seed, firstSample, n])).toEqual([
      [40, 2, 1],
      [41, 3, 1],
      [42, 4, 1],
    ]);
  });

  it("gives the siblings of one that failed, and fails where all did", async () => {
    const error = new CotError("server", "500");
    const some = mockModel((_request, sample) => (sample === 1 ? error : String(sample)));
    const events = await collect(
      samples({ oneSampleARequest: true })(some).generate(mockRequest({ samples: 3 })),
    );
    expect(completionsOf(events).map(({ sample }) => sample)).toEqual([0, 2]);
    const none = samples({ oneSampleARequest: true })(mockModel([error]));
    await expect(collect(none.generate(mockRequest({ samples: 3 })))).rejects.toBe(error);
  });

  it("passes deltas of all on as they come", async () => {
    const inner = mockModel((_request, sample) => `${String(sample)}${String(sample)}`);
    const model = samples({ oneSampleARequest: true })(inner);
    const events = await collect(model.generate(mockRequest({ samples: 2, live: true })));
    expect(events.filter(({ type }) => type === "text-delta")).toHaveLength(4);
  });
});
