import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { dollars, group, runProgress, type Progress } from "../../../src/output/terminal/progress.ts";
import type { Result } from "../../../src/reasoning/result.ts";
import { failedResult, resultOf } from "../../support/result.ts";
import { fakeTerminal, type FakeOptions, type FakeOutput } from "../../support/terminal.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Run {
  progress: Progress;
  output: FakeOutput;
  /** Moves the clock, and what is timed by it. */
  pass(milliseconds: number): void;
  done(...results: Result[]): void;
}

function start(
  options: FakeOptions & { total?: number; quiet?: boolean; concurrency?: number } = {},
  isNew: (result: Result) => boolean = () => true,
): Run {
  let time = 0;
  const output = fakeTerminal(options).stderr;
  const progress = runProgress(output, {
    total: options.total,
    now: () => time,
    concurrency: () => options.concurrency,
    isNew,
    quiet: options.quiet ?? false,
  });
  return {
    progress,
    output,
    pass(milliseconds) {
      time += milliseconds;
      vi.advanceTimersByTime(milliseconds);
    },
    done(...results) {
      for (const result of results) progress.onEvent({ type: "question-done", result });
    },
  };
}

const failed = failedResult({ error: { code: "refused", message: "no", retryable: false }, cost: 0 });

describe("on a terminal", () => {
  test("one live line: done, rate, failures, tokens, cost, concurrency, time left; then it is gone", () => {
    const run = start({ isTTY: true, total: 1_000, concurrency: 12.7 });
    run.done(...Array.from({ length: 20 }, () => resultOf()), failed);
    run.pass(10_000);
    const line = run.output.text.split("\r").at(-1);
    expect(line).toContain("21/1,000 done · 2.1/s · 1 failed · 2,373 tokens · $0.0080 · 12 at once");
    run.progress.stop();
    expect(run.output.text.endsWith("\r\u001b[K")).toBe(true);
    const { text } = run.output;
    run.pass(60_000);
    expect(run.output.text).toBe(text);
  });

  test("the time that is left is of the questions that are asked, not of those from the journal", () => {
    const kept = resultOf();
    const run = start({ isTTY: true, total: 30 }, (result) => result !== kept);
    run.done(...Array.from({ length: 10 }, () => kept), ...Array.from({ length: 10 }, () => resultOf()));
    run.pass(10_000);
    expect(run.output.text).toContain("20/30 done · 1.0/s");
    expect(run.output.text).toContain("10 s left");
    run.progress.stop();
  });
});

describe("off a terminal", () => {
  test("a plain line every half minute, without a control character", () => {
    const run = start({ total: 10 });
    run.done(resultOf());
    run.pass(29_000);
    expect(run.output.text).toBe("");
    run.pass(32_000);
    expect(run.output.text.split("\n")).toHaveLength(3);
    expect(run.output.text).toMatch(/^1\/10 done · 0\.0\/s · 113 tokens · \$0\.00040/);
    expect(run.output.text).not.toContain("\u001b");
    run.progress.stop();
  });

  test("-q: none", () => {
    const run = start({ quiet: true, isTTY: true });
    run.done(resultOf());
    run.pass(120_000);
    expect(run.output.text).toBe("");
    run.progress.stop();
  });
});

describe("the summary", () => {
  test("answered, failed by kind, tokens, cost, time and throughput", () => {
    const run = start();
    run.done(resultOf(), resultOf(), failed, failed, failedResult({ cost: 0 }));
    run.pass(2_000);
    expect(run.progress.summary()).toBe(
      "2 answered; 3 failed (2 refused, 1 no_answer); 565 tokens; $0.00080; 2 s, 2.5 questions/s",
    );
  });

  test("an unknown price makes the sum unknown, never smaller; estimated tokens are marked", () => {
    const run = start();
    const usage = { ...resultOf().usage, estimated: true };
    run.done(resultOf(), resultOf({ cost: null, usage }));
    expect(run.progress.summary()).toContain("about 226 tokens; cost unknown");
  });

  test("what came from the journal cost nothing now", () => {
    const kept = resultOf();
    const run = start({}, (result) => result !== kept);
    run.done(kept, resultOf());
    run.pass(1_000);
    expect(run.progress.summary()).toBe(
      "2 answered (1 of 2 from the journal); 113 tokens; $0.00040; 1 s, 1.0 questions/s",
    );
  });
});

test("numbers are written for people", () => {
  expect([0, 999, 1_000, 1_234_567].map(group)).toEqual(["0", "999", "1,000", "1,234,567"]);
  expect([0, 12.345, 1, 0.5, 0.0042, 0.00000001].map(dollars)).toEqual([
    "$0",
    "$12.35",
    "$1.00",
    "$0.50",
    "$0.0042",
    "$0.00000001",
  ]);
});
