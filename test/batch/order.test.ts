import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";

import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";

import { createOrder } from "../../src/batch/order.ts";
import { runFolder } from "../support/run-folder.ts";

interface Value {
  n: number;
}

function collecting(): { order: ReturnType<typeof createOrder<Value>>; given: number[] } {
  const given: number[] = [];
  return { given, order: createOrder<Value>(({ n }) => void given.push(n)) };
}

/** A directory of temporary files for this test alone. */
function temporaryDirectory(): string {
  const before = process.env.TMPDIR;
  const directory = runFolder().path(".");
  process.env.TMPDIR = directory;
  onTestFinished(() => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  });
  expect(tmpdir()).toBe(directory.replace(/\/$/, ""));
  return directory;
}

test("whatever the order they come in, they go out in theirs, without those that have none", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { maxLength: 40 }).chain((has) =>
        fc.record({
          has: fc.constant(has),
          arrival: fc.shuffledSubarray([...has.keys()], { minLength: has.length }),
        }),
      ),
      async ({ has, arrival }) => {
        const { order, given } = collecting();
        await Promise.all(arrival.map((n) => order.put(n, has[n] ? { n } : undefined)));
        expect(given).toEqual([...has.keys()].filter((n) => has[n]));
        expect(order.held).toBe(0);
        await order.close();
      },
    ),
  );
});

test("a flush waits also for what is just being given out", async () => {
  let given = 0;
  const order = createOrder<Value>(async () => {
    await new Promise(setImmediate);
    given += 1;
  });
  void order.put(0, { n: 0 });
  await order.flush();
  expect(given).toBe(1);
  await order.close();
});

test("a slow reader is given one at a time", async () => {
  let reading = 0;
  let most = 0;
  const order = createOrder<Value>(async () => {
    most = Math.max(most, ++reading);
    await new Promise(setImmediate);
    reading -= 1;
  });
  await Promise.all(Array.from({ length: 20 }, (_, n) => order.put(19 - n, { n: 19 - n })));
  expect(most).toBe(1);
  await order.close();
});

describe("behind one that is slow", () => {
  // mutant: results that wait are held in memory
  test("thousands wait on disk, come back whole, and leave no file", async () => {
    const directory = temporaryDirectory();
    const { order, given } = collecting();
    for (let n = 1; n <= 3_000; n++) await order.put(n, { n });
    expect(order.held).toBe(3_000);
    expect(given).toEqual([]);
    const [spill] = readdirSync(directory);
    expect(readdirSync(`${directory}/${spill!}`)).toEqual(["held"]);
    await order.put(0, { n: 0 });
    expect(given).toEqual(Array.from({ length: 3_001 }, (_, n) => n));
    await order.close();
    expect(readdirSync(directory)).toEqual([]);
  });

  test("at an early end they are given out over the gap", async () => {
    const { order, given } = collecting();
    for (let n = 1_600; n >= 1; n--) await order.put(n, { n });
    await order.flush();
    expect(given).toEqual(Array.from({ length: 1_600 }, (_, i) => i + 1));
    await order.close();
  });

  // mutant: what is on its way to the disk is not waited for
  test("at an early end nothing that was put is lost, although its writing is not over", async () => {
    const { order, given } = collecting();
    const put = Array.from({ length: 3_000 }, (_, i) => order.put(i + 1, { n: i + 1 }));
    await order.flush();
    await order.close();
    await Promise.all(put);
    expect(given).toEqual(Array.from({ length: 3_000 }, (_, i) => i + 1));
  });

  test("where the disk takes nothing, the error says which, and what helps", async () => {
    temporaryDirectory();
    process.env.TMPDIR = "/nonexistent";
    const { order } = collecting();
    const fill = async (): Promise<void> => {
      for (let n = 1; n <= 1_100; n++) await order.put(n, { n });
    };
    await expect(fill()).rejects.toMatchObject({
      code: "output",
      message: expect.stringContaining("/nonexistent") as string,
      hint: expect.stringContaining("--unordered") as string,
    });
  });
});

test("a reader's error comes back to whoever put the value", async () => {
  const order = createOrder<Value>(() => Promise.reject(new Error("full")));
  await expect(order.put(0, { n: 0 })).rejects.toThrow("full");
  await order.close();
});
