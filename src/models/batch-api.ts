import { CotError } from "../errors.ts";
import { openClient } from "./client.ts";
import type { Connection } from "./connection.ts";
import { asRecord } from "./json.ts";
import { patientCaller, type Patience } from "./patiently.ts";

/** An endpoint's own engine for many requests: files go in, and hours later files come out. */
export interface BatchApi {
  /** @returns the file's id */
  upload(lines: string): Promise<string>;
  /** Starts a batch on an uploaded file. @returns the batch's id */
  create(fileId: string, url: string): Promise<string>;
  /** The batch that was started on a file, where there is one: a crash may have come between. */
  find(fileId: string): Promise<string | undefined>;
  status(batchId: string): Promise<BatchStatus>;
  /** The bytes of a file. */
  download(fileId: string): Promise<AsyncIterable<Uint8Array>>;
  cancel(batchId: string): Promise<void>;
}

export interface BatchStatus {
  state: "running" | "completed" | "failed" | "expired" | "cancelled";
  /** Requests that are done, whatever came of them. */
  done: number;
  total: number;
  /** Ids of the files with responses and with errors, as far as there are any. */
  files: string[];
  /** Why it failed. */
  reason: string;
}

/** The Batch API as OpenAI has it; each call is tried again after temporary failures. */
export function openBatchApi(connection: Connection, model: string, options: Patience): BatchApi {
  const { signal } = options;
  const client = openClient(connection);
  const request = signal === undefined ? {} : { signal };
  const patiently = patientCaller(connection, model, options);

  return {
    upload: (lines) =>
      patiently(async () => {
        const file = new File([lines], "requests.jsonl", { type: "application/jsonl" });
        return (await (await client).files.create({ file, purpose: "batch" }, request)).id;
      }),
    create: (fileId, url) =>
      patiently(async () => {
        const batch = await (
          await client
        ).batches.create(
          { input_file_id: fileId, endpoint: url as "/v1/chat/completions", completion_window: "24h" },
          request,
        );
        return batch.id;
      }),
    find: (fileId) =>
      patiently(async () => {
        // newest first: a batch of ours is among the last hundred
        const page = await (await client).batches.list({ limit: 100 }, request);
        return page.data.find((batch) => batch.input_file_id === fileId)?.id;
      }),
    status: (batchId) =>
      patiently(async () => readStatus(await (await client).batches.retrieve(batchId, request))),
    download: (fileId) =>
      patiently(async () => {
        const response = await (await client).files.content(fileId, request).asResponse();
        const { body } = response as unknown as { body: AsyncIterable<Uint8Array> | null };
        if (body === null) throw new CotError("malformed", `${connection.host} sent an empty file ${fileId}`);
        return body;
      }),
    cancel: (batchId) =>
      patiently(async () => {
        await (await client).batches.cancel(batchId, request);
      }),
  };
}

function readStatus(batch: unknown): BatchStatus {
  const { status, request_counts, output_file_id, error_file_id, errors } = asRecord(batch);
  const counts = asRecord(request_counts);
  const count = (name: string): number => Number(counts[name] ?? 0);
  const list = asRecord(errors)["data"];
  const reasons = (Array.isArray(list) ? list : []).map((error) => String(asRecord(error)["message"] ?? ""));
  const states = ["completed", "failed", "expired", "cancelled"] as const;
  return {
    state: states.find((state) => state === status) ?? "running",
    done: count("completed") + count("failed"),
    total: count("total"),
    files: [output_file_id, error_file_id].filter((id) => typeof id === "string" && id !== "") as string[],
    reason: reasons.filter((reason) => reason !== "").join("; ") || "it gave no reason",
  };
}
