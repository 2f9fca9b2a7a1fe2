import { describe, expect, it } from "vitest";
import { CotError } from "../../../src/errors.ts";
import { fixedConcurrency } from "../../../src/models/middleware/concurrency-fixed.ts";
import { openGate } from "../../../src/models/middleware/gate.ts";
import { limit, type ConcurrencyLaw, type LimitSample } from "../../../src/models/middleware/limit.ts";
import { fakeTime } from "../../support/fake-time.ts";
import { collect, mockModel, mockRequest, type MockScript } from "../../support/mock-model.ts";

interface Limits {
  slots?: number;
  rpm?: number;
  tpm?: number;
  script?: MockScript;
  /** Milliseconds that each reply takes. */
  latencyMs?: number;
}

function setUp({ slots = 4, rpm, tpm, script = ["408"], latencyMs = 100 }: Limits) {
  const time = fakeTime();
  const samples: LimitSample[] = [];
  const law: ConcurrencyLaw & { limit: number } = {
    limit: slots,
    onSample: (sample) => samples.push(sample),
  };
  const gate = openGate({ law, rpm, tpm, now: time.now, sleep: time.sleep });
  const inner = mockModel(script, { before: (_request, signal) => time.sleep(latencyMs, signal) });
  const model = limit(gate)(inner);
  const ask = (signal?: AbortSignal) => collect(model.generate(mockRequest(), signal));
  return { time, samples, law, gate, inner, model, ask };
}

describe("limit", () => {
  it("keeps as many in flight as there are slots, in the order in which they came", async () => {
    const { time, inner, ask } = setUp({ slots: 3 });
    const all = Promise.all(Array.from({ length: 9 }, () => ask()));
    await time.pass(100);
    expect(inner.requests).toHaveLength(6);
    await time.pass(200);
    await all;
    expect(inner.maxInFlight).toBe(3);
  });

  it("gives a slot back with the reply's end, not when its reader is done with that", async () => {
    const { time, inner, model, ask } = setUp({ slots: 1 });
    const reader = model.generate(mockRequest())[Symbol.asyncIterator]();
    const end = (async () => {
      for (;;) {
        const { value } = await reader.next();
        if (value?.type === "finish") return;
      }
    })();
    await time.pass(100);
    await end;
    const next = ask();
    await time.pass(100);
    await next;
    expect(inner.requests).toHaveLength(2);
  });

  it("gives slots back when a request fails, is left early, or aborts", async () => {
    const { time, inner, model, ask } = setUp({ slots: 1, script: [new CotError("server", "500"), "408"] });
    const failing = ask();
    const failed = expect(failing).rejects.toMatchObject({ code: "server" });
    await time.pass(100);
    await failed;
    const leaving = (async () => {
      for await (const event of model.generate(mockRequest())) if (event) break;
    })();
    await time.pass(100);
    await leaving;
    const controller = new AbortController();
    const aborting = ask(controller.signal);
    const aborted = expect(aborting).rejects.toMatchObject({ code: "interrupted" });
    await time.pass(50);
    controller.abort();
    await aborted;
    const last = ask();
    await time.pass(100);
    await last;
    expect(inner.requests).toHaveLength(4);
  });

  it("lets a request that waits be aborted, and the next one pass", async () => {
    const { time, inner, ask } = setUp({ slots: 1 });
    const first = ask();
    const controller = new AbortController();
    const second = ask(controller.signal);
    const third = ask();
    controller.abort();
    await expect(second).rejects.toMatchObject({ code: "interrupted" });
    await time.pass(200);
    await Promise.all([first, third]);
    expect(inner.requests).toHaveLength(2);
  });

  it("lets more go by itself where the law's limit rises with time", async () => {
    const { time, inner } = setUp({});
    const law = fixedConcurrency(100, time.now);
    const model = limit(openGate({ law, now: time.now, sleep: time.sleep }))(inner);
    const all = Promise.all(Array.from({ length: 100 }, () => collect(model.generate(mockRequest()))));
    await time.pass(50);
    expect(inner.inFlight).toBe(64);
    await time.pass(200);
    await all;
    expect(inner.maxInFlight).toBe(100);
  });

  it("follows the law's limit as it moves", async () => {
    const { time, law, inner, ask } = setUp({ slots: 1 });
    const all = Promise.all(Array.from({ length: 6 }, () => ask()));
    await time.pass(100);
    expect(inner.inFlight).toBe(1);
    law.limit = 4.7;
    await time.pass(100);
    expect(inner.inFlight).toBe(4);
    await time.pass(200);
    await all;
  });

  it("tells the law what became of each request", async () => {
    const { time, samples, ask } = setUp({
      script: [
        "408",
        new CotError("rate_limit", "429", { retryAfterMs: 300 }),
        new CotError("server", "503", { status: 503 }),
        new CotError("server", "500", { status: 500 }),
      ],
    });
    for (let i = 0; i < 4; i++) {
      const settled = Promise.allSettled([ask()]);
      await time.pass(100);
      await settled;
    }
    expect(samples).toMatchObject([
      { outcome: "ok", sentAtMs: 0, latencyMs: 100, inFlight: 1, completionTokens: 5 },
      { outcome: "refused", sentAtMs: 100, retryAfterMs: 300 },
      { outcome: "refused" },
      { outcome: "failed" },
    ]);
  });

  it("paces requests a minute evenly", async () => {
    const { time, inner, ask } = setUp({ slots: 100, rpm: 120 });
    const all = Promise.all(Array.from({ length: 10 }, () => ask()));
    const sent: number[] = [];
    for (let second = 0; second < 5; second++) {
      await time.pass(1000);
      sent.push(inner.requests.length);
    }
    await all;
    expect(sent).toEqual([4, 6, 8, 10, 10]);
  });

  it("paces tokens a minute by what requests turn out to take", async () => {
    // 15 tokens a request, as the mock says; 30 a second
    const { time, inner, ask } = setUp({ slots: 100, tpm: 1800, latencyMs: 1 });
    const all = Promise.all(Array.from({ length: 200 }, () => ask()));
    await time.pass(30_000);
    const before = inner.requests.length;
    await time.pass(30_000);
    expect(inner.requests.length - before).toBeGreaterThan(54);
    expect(inner.requests.length - before).toBeLessThan(66);
    await time.pass(120_000);
    await all;
  });

  it("leaves no alarm behind that would hold the process up", async () => {
    const { time, gate, ask } = setUp({});
    gate.onRateLimit({ remainingRequests: 0, requestsResetMs: 50_000 });
    const controller = new AbortController();
    const asked = ask(controller.signal);
    expect(time.asleep).toBe(1);
    controller.abort();
    await expect(asked).rejects.toMatchObject({ code: "interrupted" });
    expect(time.asleep).toBe(0);
  });

  it("waits where the endpoint says that nothing is left", async () => {
    const { time, gate, inner, ask } = setUp({});
    gate.onRateLimit({ remainingRequests: 0, requestsResetMs: 5000 });
    const asked = ask();
    await time.pass(4999);
    expect(inner.requests).toHaveLength(0);
    await time.pass(101);
    await asked;
    expect(inner.requests).toHaveLength(1);
  });
});
