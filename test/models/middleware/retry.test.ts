import { describe, expect, it } from "vitest";
import { CotError, type ErrorCode } from "../../../src/errors.ts";
import { AskAgain } from "../../../src/models/api-errors.ts";
import { delay, retry } from "../../../src/models/middleware/retry.ts";
import type { Model, ModelEvent } from "../../../src/models/model.ts";
import { fakeTime } from "../../support/fake-time.ts";
import { collect, mockModel, mockRequest } from "../../support/mock-model.ts";

const limited = (retryAfterMs?: number): CotError =>
  new CotError("rate_limit", "host: slow down", retryAfterMs === undefined ? {} : { retryAfterMs });

function setUp(retries = 5) {
  const time = fakeTime({ automatic: true });
  const notices: string[] = [];
  const wrap = retry({
    retries,
    now: time.now,
    sleep: time.sleep,
    random: () => 1,
    onNotice: (text) => notices.push(text),
  });
  return { time, notices, wrap };
}

/** A model that sends one delta and then breaks, so many times. */
function breaking(times: number, error: Error): Model & { attempts: number } {
  const model = {
    id: "m",
    endpoint: "host",
    attempts: 0,
    async *generate(): AsyncGenerator<ModelEvent> {
      yield { type: "text-delta", sample: 0, text: "The " };
      await Promise.resolve();
      if (model.attempts++ < times) throw error;
      yield { type: "finish", completions: [] };
    },
  };
  return model;
}

describe("retry", () => {
  it("asks again after temporary failures, with waits that double", async () => {
    const { time, wrap } = setUp();
    const model = mockModel([
      limited(),
      new CotError("server", "500"),
      new CotError("network", "reset"),
      "408",
    ]);
    const events = await collect(wrap(model).generate(mockRequest()));
    expect(events.at(-1)).toMatchObject({ type: "finish", completions: [{ text: "408" }] });
    expect(time.slept).toEqual([500, 1000, 2000]);
  });

  it("gives up after so many retries, with the last error", async () => {
    const { wrap } = setUp(2);
    const model = mockModel([limited(), limited(), new CotError("server", "the last")]);
    await expect(collect(wrap(model).generate(mockRequest()))).rejects.toThrow("the last");
    expect(model.requests).toHaveLength(3);
  });

  it.each<ErrorCode>(["key", "refused", "quota", "interrupted", "budget", "malformed", "usage"])(
    "does not ask again after %s",
    async (code) => {
      const { wrap } = setUp();
      const model = mockModel([new CotError(code, "no"), "408"]);
      await expect(collect(wrap(model).generate(mockRequest()))).rejects.toMatchObject({ code });
      expect(model.requests).toHaveLength(1);
    },
  );

  it("lets bugs through", async () => {
    const { wrap } = setUp();
    const model = mockModel([new TypeError("a bug"), "408"]);
    await expect(collect(wrap(model).generate(mockRequest()))).rejects.toThrow(TypeError);
  });

  it("asks again at once, uncounted, where a parameter was dropped; and counts damaged replies", async () => {
    const { time, wrap } = setUp(1);
    const amended = new AskAgain("refused", "dropped", "amended");
    const model = mockModel([amended, amended, new AskAgain("malformed", "torn", "broken"), "408"]);
    await collect(wrap(model).generate(mockRequest()));
    expect(time.slept).toEqual([500]);
  });

  it("makes a request that nobody watches again after deltas, and passes none on", async () => {
    const { wrap } = setUp();
    const model = breaking(2, new CotError("network", "cut off"));
    const events = await collect(wrap(model).generate(mockRequest()));
    expect(events).toEqual([{ type: "finish", completions: [] }]);
    expect(model.attempts).toBe(3);
  });

  it("does not take back what a live request has shown", async () => {
    const { wrap } = setUp();
    const model = breaking(1, new CotError("network", "cut off"));
    const events: ModelEvent[] = [];
    const reading = (async () => {
      for await (const event of wrap(model).generate(mockRequest({ live: true }))) events.push(event);
    })();
    await expect(reading).rejects.toMatchObject({ code: "network" });
    expect(events).toHaveLength(1);
  });

  it("retries a live request that had shown nothing yet", async () => {
    const { wrap } = setUp();
    const model = mockModel([limited(), "408"]);
    const events = await collect(wrap(model).generate(mockRequest({ live: true })));
    expect(events.map(({ type }) => type)).toEqual(["text-delta", "text-delta", "finish"]);
  });

  it("takes a reply without an end for a broken one", async () => {
    const { wrap } = setUp(0);
    const model: Model = { id: "m", endpoint: "host", async *generate() {} };
    await expect(collect(wrap(model).generate(mockRequest()))).rejects.toMatchObject({ code: "network" });
  });

  it("ends its wait at once when the signal aborts", async () => {
    const time = fakeTime();
    const wrap = retry({
      retries: 5,
      now: time.now,
      sleep: time.sleep,
      random: () => 1,
      onNotice: () => undefined,
    });
    const controller = new AbortController();
    const model = mockModel([limited(60_000), "408"]);
    const reading = collect(wrap(model).generate(mockRequest(), controller.signal));
    setImmediate(() => {
      controller.abort();
    });
    await expect(reading).rejects.toMatchObject({ code: "interrupted" });
    expect(time.now()).toBe(0);
  });

  it("says a wait of over two seconds, once for many who wait together", async () => {
    const { notices, wrap } = setUp();
    const ask = (): Promise<ModelEvent[]> =>
      collect(wrap(mockModel([limited(1000), limited(30_000), "408"])).generate(mockRequest()));
    await Promise.all([ask(), ask(), ask()]);
    expect(notices).toEqual(["host: slow down; waiting 31 s (retry 2 of 5)"]);
  });
});

describe("delay", () => {
  const none = (): number => 0;

  it("doubles up to a cap, half of it drawn", () => {
    const delays = [1, 2, 3, 7, 50].map((attempt) => delay(limited(), attempt, none));
    expect(delays).toEqual([250, 500, 1000, 15_000, 15_000]);
    expect(delay(limited(), 50, () => 1)).toBe(30_000);
  });

  it("never waits less than it was asked to", () => {
    expect(delay(limited(7000), 1, none)).toBeGreaterThanOrEqual(7000);
    expect(delay(limited(0), 3, none)).toBe(0);
  });

  it("leaves it where an endpoint asks for more than ten minutes", () => {
    expect(delay(limited(3_600_000), 1, none)).toBeUndefined();
  });
});
