import { describe, expect, it } from "vitest";
import { createBucket } from "../../../src/models/middleware/bucket.ts";

describe("createBucket", () => {
  it("allows a second's share at once, then paces evenly", () => {
    const bucket = createBucket(120, 0);
    expect(bucket.delay(1, 0)).toBe(0);
    bucket.take(1, 0);
    bucket.take(1, 0);
    expect(bucket.delay(1, 0)).toBe(500);
    expect(bucket.delay(1, 500)).toBe(0);
  });

  it("saves no more than a second's share, however long nothing was taken", () => {
    const bucket = createBucket(120, 0);
    bucket.take(2, 3_600_000);
    expect(bucket.delay(1, 3_600_000)).toBe(500);
  });

  it("lets one through at a time below one a second", () => {
    const bucket = createBucket(6, 0);
    bucket.take(1, 0);
    expect(bucket.delay(1, 0)).toBe(10_000);
  });

  it("lets what is larger than a burst wait for a full bucket, and pay its debt afterwards", () => {
    const bucket = createBucket(60_000, 0);
    expect(bucket.delay(5000, 0)).toBe(0);
    bucket.take(5000, 0);
    expect(bucket.delay(1, 0)).toBe(4001);
  });

  it("takes back what was too much", () => {
    const bucket = createBucket(60_000, 0);
    bucket.take(1000, 0);
    bucket.take(-400, 0);
    expect(bucket.delay(400, 0)).toBe(0);
  });
});
