import { describe, expect, it } from "vitest";
import { fixedConcurrency } from "../../../src/models/middleware/concurrency-fixed.ts";
import type { LimitSample } from "../../../src/models/middleware/limit.ts";

function setUp(most: number) {
  let time = 1_000;
  const law = fixedConcurrency(most, () => time);
  const say = (outcome: LimitSample["outcome"]) =>
    law.onSample({ sentAtMs: time - 10, latencyMs: 10, inFlight: 1, outcome });
  const pass = (milliseconds: number) => (time += milliseconds);
  return { law, say, pass };
}

describe("fixedConcurrency", () => {
  it("is the number itself where that is small", () => {
    const { law, say } = setUp(8);
    expect(law).toMatchObject({ limit: 8, risesInMs: undefined });
    say("failed");
    expect(law.limit).toBe(8);
  });

  it("reaches a large number within a moment, although nothing has been answered", () => {
    const { law, pass } = setUp(256);
    expect(law).toMatchObject({ limit: 16, risesInMs: 25 });
    pass(10);
    expect(law).toMatchObject({ limit: 16, risesInMs: 15 });
    pass(15);
    expect(law).toMatchObject({ limit: 32, risesInMs: 25 });
    pass(1_000);
    expect(law).toMatchObject({ limit: 256, risesInMs: undefined });
  });

  it.each(["failed", "refused"] as const)("rises no further once a request has %s", (outcome) => {
    const { law, say, pass } = setUp(256);
    expect(law.limit).toBe(16);
    pass(25);
    say(outcome);
    pass(60_000);
    expect(law).toMatchObject({ limit: 32, risesInMs: undefined });
  });

  it("is all of it after the first answer, whatever fails before and afterwards", () => {
    const { law, say } = setUp(256);
    say("failed");
    say("ok");
    expect(law).toMatchObject({ limit: 256, risesInMs: undefined });
    say("failed");
    expect(law.limit).toBe(256);
  });
});
