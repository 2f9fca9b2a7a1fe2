import { CotError } from "../errors.ts";
import { parseObject, splitLines } from "../jsonl.ts";
import type { BatchApi, BatchStatus } from "../models/batch-api.ts";
import type { Model } from "../models/model.ts";
import type { RequestFiles } from "../models/request-files.ts";
import type { CompletionStore } from "../models/store.ts";
import type { Question } from "../questions/question.ts";
import type { AskOptions } from "../reasoning/options.ts";
import type { BatchBudget } from "./batch-budget.ts";
import { batchLog, type BatchRecord } from "./batch-log.ts";
import { expectedResponse, isStored, planRequests, type ExpectedResponse } from "./plan.ts";
import { responseIntake, type ResponseIntake } from "./responses.ts";

export type BatchApiEvent =
  | { type: "batch-submitted"; id: string; requests: number }
  | { type: "batch-status"; id: string; status: BatchStatus };

export interface BatchApiRun {
  questions: AsyncIterable<Question>;
  options: AskOptions;
  files: RequestFiles;
  api: BatchApi;
  store: CompletionStore;
  budget: BatchBudget;
  /** What one batch may hold. Default: 50,000 requests, 100 MB. */
  limits?: { requests: number; bytes: number };
  /** Rejects when the run is to end. */
  sleep: (milliseconds: number) => Promise<void>;
  onEvent: (event: BatchApiEvent) => void;
}

/** OpenAI takes 50,000 requests and 200 MB, which would be held in memory at once. */
const defaultLimits = { requests: 50_000, bytes: 100_000_000 };
const firstPollMs = 1_000;
const pollGrowth = 1.5;
const longestPollMs = 60_000;
/** How often what a batch has not come to is sent again. */
const mostRounds = 3;

/**
 * Has the questions answered by the endpoint's batch engine, into the store. What is under way already (the store
 * remembers) is waited for; what expired is sent again.
 * @returns a model that says why a question has no answer
 * @throws CotError `refused` where the endpoint fails a batch
 */
export async function runBatchApi(run: BatchApiRun): Promise<Model> {
  const intake = responseIntake(run.files, run.store, () => run.budget.refusal);
  const log = await batchLog(run.store);
  for (let round = 1; ; round++) {
    const expected = await submitMissing(run, log);
    let expired = false;
    for (const record of log.open()) {
      const status = await finished(run, record);
      if (status.state === "failed") {
        await log.close(record);
        throw new CotError(
          "refused",
          `${run.files.endpoint} failed batch ${record.batchId}: ${status.reason}`,
        );
      }
      await takeResponses(run.api, status, expected, intake);
      await intake.settled();
      await log.close(record);
      expired ||= status.state === "expired";
    }
    if (!expired || round === mostRounds) return intake.model;
  }
}

/** Sends what neither the store nor a batch under way has. */
async function submitMissing(
  { questions, options, files, api, store, budget, limits = defaultLimits, onEvent }: BatchApiRun,
  log: Awaited<ReturnType<typeof batchLog>>,
): Promise<Map<string, ExpectedResponse>> {
  for (const record of log.open()) {
    if (record.batchId !== "") continue;
    // a crash came between the file and its batch
    await log.started(
      record,
      (await api.find(record.fileId)) ?? (await api.create(record.fileId, record.url)),
    );
  }
  const underway = new Set(log.open().flatMap(({ ids }) => ids));
  const expected = new Map<string, ExpectedResponse>();
  let lines: string[] = [];
  let ids: string[] = [];
  let bytes = 0;
  const submit = async (): Promise<void> => {
    if (ids.length === 0) return;
    const { url } = JSON.parse(lines[0]!) as { url: string };
    const record = await log.uploaded(await api.upload(lines.join("")), url, ids);
    await log.started(record, await api.create(record.fileId, url));
    onEvent({ type: "batch-submitted", id: record.batchId, requests: ids.length });
    lines = [];
    ids = [];
    bytes = 0;
  };
  for await (const question of questions) {
    for (const planned of planRequests(question, options, files)) {
      const { customId, request } = planned;
      const response = expectedResponse(planned, files);
      expected.set(customId, response);
      if (underway.has(customId) || (await isStored(response, store))) continue;
      const admitted = budget.admit(customId, request);
      if (admitted === undefined) continue;
      const line = `${JSON.stringify(files.line(customId, admitted))}\n`;
      const size = Buffer.byteLength(line);
      if (ids.length === limits.requests || bytes + size > limits.bytes) await submit();
      lines.push(line);
      ids.push(customId);
      bytes += size;
    }
  }
  await submit();
  return expected;
}

async function finished(
  { api, sleep, onEvent }: BatchApiRun,
  { batchId }: BatchRecord,
): Promise<BatchStatus> {
  for (let gap = firstPollMs; ; gap = Math.min(longestPollMs, gap * pollGrowth)) {
    await sleep(gap);
    const status = await api.status(batchId);
    onEvent({ type: "batch-status", id: batchId, status });
    if (status.state !== "running") return status;
  }
}

async function takeResponses(
  api: BatchApi,
  { files }: BatchStatus,
  expected: Map<string, ExpectedResponse>,
  intake: ResponseIntake,
): Promise<void> {
  for (const fileId of files) {
    for await (const { bytes } of splitLines(await api.download(fileId))) {
      const line = parseObject(bytes.toString());
      const response = expected.get(String(line?.["custom_id"]));
      if (line && response) await intake.take(line, response);
    }
  }
}
