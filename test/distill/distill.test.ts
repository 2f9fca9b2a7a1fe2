import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import {
  distill,
  type DistillOptions,
  type Distilled,
  type DistillHooks,
} from "../../src/distill/distill.ts";
import { memoryStore } from "../../src/models/memory-store.ts";
import type { CompletionStore } from "../../src/models/store.ts";
import type { Question } from "../../src/questions/question.ts";
import { requestHash, sampleKey } from "../../src/models/middleware/cache.ts";
import { mockModel, type MockModel } from "../support/mock-model.ts";
import { runFolder } from "../support/run-folder.ts";

const questions: Question[] = Array.from({ length: 12 }, (_, i) => ({
  id: `q${String(i)}`,
  question: `What is ${String(20 + i)} + ${String(7 * i)}?`,
  gold: String(20 + 8 * i),
}));

/** Right in two of three samples, so that some questions are asked again. */
function teacher() {
  return mockModel(({ question }, sample) => {
    const [a, b] = (question.match(/\d+/g) ?? []).map(Number) as [number, number];
    const sum = a + b + ((a + sample) % 3 === 0 ? 1 : 0);
    return `Way ${String(sample)}: ${String(a)} + ${String(b)} = ${String(sum)}.\n\nThe answer is ${String(sum)}.`;
  });
}

const options: DistillOptions = {
  samples: 4,
  keep: 2,
  formats: ["messages", "dpo"],
  prompt: "step-by-step",
  strategy: "step-by-step",
  messages: ({ question }) => [{ role: "user", content: question }],
};

function run(
  folder: string,
  store: CompletionStore,
  model = teacher(),
  hooks: DistillHooks = {},
): Promise<Distilled> {
  return distill(folder, { questions, teacher: model, store }, options, hooks);
}

/** Every file under a folder, by its path there. */
function filesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")] as const)
      .sort(),
  );
}

let whole: Record<string, string> | undefined;

async function unbroken(): Promise<Record<string, string>> {
  if (whole) return whole;
  const folder = runFolder().path("whole");
  await run(folder, memoryStore());
  return (whole = filesIn(folder));
}

/** A store that remembers what it was given. */
function watchedStore(): CompletionStore & { kept: Set<string> } {
  const store = memoryStore();
  const kept = new Set<string>();
  return {
    ...store,
    kept,
    put(entries) {
      for (const { key } of entries) kept.add(key);
      return store.put(entries);
    },
  };
}

/** The keys of every sample that a model was asked for. */
function askedKeys(model: MockModel): string[] {
  return model.requests.flatMap((request) =>
    Array.from({ length: request.samples }, (_, i) =>
      sampleKey(requestHash(model, request), request.firstSample + i),
    ),
  );
}

describe("a crash in any stage", () => {
  test.each([0, 3, 11])(
    "after question %i was examined: nothing is asked twice, the data are the same",
    async (at) => {
      const files = await unbroken();
      const folder = runFolder().path("broken");
      const store = watchedStore();
      let examined = 0;
      const crash: DistillHooks = {
        onEvent(event) {
          if (event.type === "question-examined" && examined++ === at) throw new Error("crash");
        },
      };
      await expect(run(folder, store, teacher(), crash)).rejects.toThrow("crash");
      expect(Object.keys(filesIn(folder))).toEqual([]);
      const kept = new Set(store.kept);
      expect(kept.size).toBeGreaterThan(0);
      const again = teacher();
      await run(folder, store, again);
      expect(filesIn(folder)).toEqual(files);
      expect(askedKeys(again).filter((key) => kept.has(key))).toEqual([]);
    },
  );

  test.each(["ledger.jsonl", "traces.jsonl", "messages/train.jsonl", "README.md", "manifest.json"])(
    "while %s is put in place: no manifest stands there, and the next run writes it without asking",
    async (path) => {
      const files = await unbroken();
      const folder = runFolder().path("broken");
      const store = memoryStore();
      mkdirSync(join(folder, path, "in the way"), { recursive: true });
      await expect(run(folder, store)).rejects.toThrow();
      expect(Object.keys(filesIn(folder))).not.toContain("manifest.json");
      rmSync(join(folder, path), { recursive: true });
      const again = teacher();
      await run(folder, store, again);
      expect(filesIn(folder)).toEqual(files);
      expect(again.requests).toEqual([]);
    },
  );
});

test("an earlier data set stays where a later run is interrupted", async () => {
  const folder = runFolder().path("set");
  const store = memoryStore();
  await run(folder, store);
  const before = filesIn(folder);
  const stop = new AbortController();
  stop.abort();
  const more = [...questions, { id: "new", question: "What is 1 + 1?", gold: "2" }];
  const source = { questions: more, teacher: teacher(), store };
  const { stoppedBy, manifest } = await distill(folder, source, options, { signal: stop.signal });
  expect([stoppedBy?.code, manifest]).toEqual(["interrupted", undefined]);
  expect(filesIn(folder)).toEqual(before);
});

test("what is exported, loaded back, is what the traces hold", async () => {
  const folder = runFolder();
  await run(folder.path("set"), memoryStore());
  const rows = folder.rows("set/messages/train.jsonl") as { messages: { content: string }[] }[];
  const traces = folder.rows("set/traces.jsonl").filter(({ part }) => part === "train");
  expect(rows).toHaveLength(traces.length);
  for (const trace of traces) {
    const line = (trace["rows"] as Record<string, number>)["messages/train.jsonl"]!;
    const [asked, said] = rows[line - 1]!.messages;
    expect(asked!.content).toBe(trace["question"]);
    for (const text of [trace["reasoning"], trace["answer"]]) expect(said!.content).toContain(text);
  }
});

test("a hard question is asked more often than an easy one, and has as many traces", async () => {
  const folder = runFolder();
  const easy = { id: "easy", question: "What is 20 + 22?", gold: "42" };
  const hard = { id: "hard", question: "What is 21 + 22?", gold: "43" };
  const never = { id: "never", question: "What is 22 + 22?", gold: "44" };
  // of the hard one every fourth sample is right
  const model = mockModel(({ question }, sample) => {
    const sum = question === easy.question ? 42 : question === hard.question && sample % 4 === 3 ? 43 : 0;
    const [, a, b] = /(\d+) \+ (\d+)/.exec(question)!;
    return `Way ${"abcdefgh"[sample]!.repeat(9)}: ${a!} + ${b!} = ${String(sum)}.\n\nThe answer is ${String(sum)}.`;
  });
  const source = { questions: [easy, hard, never], teacher: model, store: memoryStore() };
  const { manifest } = await distill(folder.path("set"), source, { ...options, samples: 8 });
  const drawn = (id: string): number =>
    folder.rows("set/ledger.jsonl").filter((row) => row["id"] === id).length;
  expect(["easy", "hard", "never"].map(drawn)).toEqual([2, 8, 8]);
  const traces = folder.rows("set/traces.jsonl").map(({ id, pass_rate: rate }) => [id, rate]);
  expect(traces).toEqual([
    ["easy", 1],
    ["easy", 1],
    ["hard", 0.25],
    ["hard", 0.25],
  ]);
  expect(manifest!.counts.passRates).toEqual({ never: 1, seldom: 1, often: 0, always: 1 });
});
