import { describe, expect, test } from "vitest";

import { runBatchApi, type BatchApiRun } from "../../src/batch/batch-api.ts";
import { batchBudget } from "../../src/batch/batch-budget.ts";
import type { BatchApi, BatchStatus } from "../../src/models/batch-api.ts";
import { memoryStore } from "../../src/models/memory-store.ts";
import { openRequestFiles } from "../../src/models/request-files.ts";
import type { CompletionStore } from "../../src/models/store.ts";
import type { Question } from "../../src/questions/question.ts";
import type { AskOptions } from "../../src/reasoning/options.ts";
import { collect } from "../support/mock-model.ts";
import { buildRequest } from "../../src/reasoning/request.ts";

interface FakeApi extends BatchApi {
  /** The `custom_id`s of each file that was uploaded. */
  uploads: string[][];
  created: string[];
  /** Bodies of all requests. */
  bodies: Record<string, unknown>[];
}

/** @param state of a batch, by its number from 0 */
function fakeApi(state: (batch: number) => BatchStatus["state"] = () => "completed"): FakeApi {
  const api: FakeApi = {
    uploads: [],
    created: [],
    bodies: [],
    upload(lines) {
      const rows = lines
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { custom_id: string; body: Record<string, unknown> });
      api.uploads.push(rows.map(({ custom_id }) => custom_id));
      api.bodies.push(...rows.map(({ body }) => body));
      return Promise.resolve(`file-${api.uploads.length - 1}`);
    },
    create(fileId) {
      api.created.push(fileId);
      return Promise.resolve(`batch-${fileId}`);
    },
    find: () => Promise.resolve(undefined),
    status(batchId) {
      const number = Number(/\d+$/.exec(batchId));
      const total = api.uploads[number]!.length;
      const of = state(number);
      const files = of === "completed" ? [`answers-${number}`] : [];
      return Promise.resolve({ state: of, done: total, total, files, reason: "" });
    },
    download(fileId) {
      const ids = api.uploads[Number(/\d+$/.exec(fileId))]!;
      const lines = ids.map((id) => `${JSON.stringify(responseTo(id))}\n`).join("");
      return Promise.resolve(bytesOf(lines));
    },
    cancel: () => Promise.resolve(),
  };
  return api;
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield Buffer.from(text);
}

function responseTo(id: string): unknown {
  const message = { role: "assistant", content: `Answer: ${id}` };
  const body = { choices: [{ index: 0, message, finish_reason: "stop" }] };
  return { custom_id: id, response: { status_code: 200, body }, error: null };
}

const options: AskOptions = {
  messages: ({ question }) => [{ role: "user", content: question }],
  strategy: "direct",
  prompt: "direct",
};

function questionsOf(count: number): AsyncIterable<Question> {
  return {
    async *[Symbol.asyncIterator]() {
      await Promise.resolve();
      for (let i = 1; i <= count; i++) yield { id: String(i), question: `${i} x` };
    },
  };
}

const files = openRequestFiles({ provider: "openai", model: "gpt-4o-mini" }, { key: "none" });

function runOf(count: number, api: BatchApi, more: Partial<BatchApiRun> = {}): BatchApiRun {
  return {
    questions: questionsOf(count),
    options,
    files,
    api,
    store: memoryStore(),
    budget: batchBudget({}, undefined),
    sleep: () => Promise.resolve(),
    onEvent: () => undefined,
    ...more,
  };
}

test.each([
  ["requests", { requests: 2, bytes: 1e6 }],
  // a request here has about 160 bytes
  ["bytes", { requests: 100, bytes: 400 }],
])(
  "a batch holds only so many %s: the next goes into another, and none is lost between",
  async (_, limits) => {
    const api = fakeApi();
    await runBatchApi(runOf(5, api, { limits }));
    expect(api.uploads).toEqual([["1", "2"], ["3", "4"], ["5"]]);
    expect(api.created).toEqual(["file-0", "file-1", "file-2"]);
  },
);

describe("a crash", () => {
  /** A run that dies when it starts the batch. */
  async function crashed(store: CompletionStore): Promise<FakeApi> {
    const api = fakeApi();
    api.create = () => Promise.reject(new Error("killed"));
    await expect(runBatchApi(runOf(3, api, { store }))).rejects.toThrow("killed");
    return api;
  }

  test("between the file and its batch: the next run starts the batch on that file", async () => {
    const store = memoryStore();
    const api = { ...(await crashed(store)), create: fakeApi().create };
    await runBatchApi(runOf(3, api, { store }));
    expect(api.uploads).toHaveLength(1);
  });

  test("after the batch was started, before that was noted: the next run finds it", async () => {
    const store = memoryStore();
    const api = await crashed(store);
    api.find = (fileId) => Promise.resolve(`batch-${fileId}`);
    await runBatchApi(runOf(3, api, { store }));
    expect(api.uploads).toHaveLength(1);
  });
});

test("what expires is sent again, three times at most", async () => {
  const api = fakeApi(() => "expired");
  await runBatchApi(runOf(2, api));
  expect(api.uploads).toEqual([
    ["1", "2"],
    ["1", "2"],
    ["1", "2"],
  ]);
});

describe("a budget", () => {
  // mutant: a batch without a budget
  test("--max-requests: what does not fit is not sent, and says why", async () => {
    const api = fakeApi();
    const run = runOf(5, api, { budget: batchBudget({ maxRequests: 2 }, undefined) });
    const model = await runBatchApi(run);
    expect(api.uploads).toEqual([["1", "2"]]);
    const request = buildRequest({ id: "3", question: "3 x" }, options, files, 0, 1);
    await expect(collect(model.generate(request))).rejects.toMatchObject({ code: "budget" });
    // the next run has a budget of its own
    await runBatchApi({ ...run, budget: batchBudget({ maxRequests: 2 }, undefined) });
    expect(api.uploads[1]).toEqual(["3", "4"]);
  });

  test("--max-cost: each counts as what it could cost at most, so a limit of tokens is sent", async () => {
    const api = fakeApi();
    const price = { input: 0, output: 1_000_000 / 8_192 };
    await runBatchApi(runOf(9, api, { budget: batchBudget({ maxCost: 3 }, price) }));
    expect(api.uploads[0]).toHaveLength(3);
    expect(api.bodies[0]).toMatchObject({ max_completion_tokens: 8_192 });
  });

  test("what expired has not cost anything: it is sent again", async () => {
    const api = fakeApi((batch) => (batch === 0 ? "expired" : "completed"));
    await runBatchApi(runOf(2, api, { budget: batchBudget({ maxRequests: 2 }, undefined) }));
    expect(api.uploads).toHaveLength(2);
  });
});
