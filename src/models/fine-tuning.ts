import { CotError } from "../errors.ts";
import { toCotError } from "./api-errors.ts";
import { openClient } from "./client.ts";
import type { Connection } from "./connection.ts";
import { asRecord } from "./json.ts";
import { patientCaller, type Patience } from "./patiently.ts";

/** An endpoint's own training: files go in, a model's name comes out. */
export interface FineTuning {
  /** @returns the file's id */
  upload(lines: string, name: string): Promise<string>;
  /** @returns the job's id */
  create(job: NewJob): Promise<string>;
  /** The job that was started on a file, where there is one: a crash may have come between. */
  find(trainingFile: string): Promise<string | undefined>;
  job(id: string): Promise<JobStatus>;
  /** Newest first, at most a hundred. */
  events(id: string): Promise<JobEvent[]>;
  /** The models that were kept on the way, the latest last; none where the endpoint keeps none. */
  checkpoints(id: string): Promise<JobCheckpoint[]>;
  download(fileId: string): Promise<string>;
  cancel(id: string): Promise<void>;
}

export interface NewJob {
  trainingFile: string;
  validationFile?: string;
  seed?: number;
  /** Further fields of the request, which win over ours. */
  set?: Record<string, unknown>;
}

export interface JobStatus {
  state: "queued" | "running" | "paused" | "succeeded" | "failed" | "cancelled" | "expired";
  /** Of the trained model, once it has succeeded. */
  model: string | undefined;
  /** Ids of CSV files with the loss of every step. */
  resultFiles: string[];
  trainedTokens: number | null;
  /** Why it failed. */
  reason: string;
}

export interface JobCheckpoint {
  step: number;
  /** The model's name at the endpoint, as it then was. */
  model: string;
}

export interface JobEvent {
  id: string;
  message: string;
  /** Of an event with figures: `step`, `train_loss`, … */
  metrics: Record<string, unknown>;
}

/** The fine-tuning API as OpenAI has it; each call is tried again after temporary failures. */
export function openFineTuning(connection: Connection, model: string, options: Patience): FineTuning {
  const { signal } = options;
  const client = openClient(connection);
  const request = signal === undefined ? {} : { signal };
  const patiently = patientCaller(connection, model, options);
  const jobs = async () => (await client).fineTuning.jobs;

  return {
    upload: (lines, name) =>
      patiently(async () => {
        const file = new File([lines], name, { type: "application/jsonl" });
        return (await (await client).files.create({ file, purpose: "fine-tune" }, request)).id;
      }),
    create: ({ trainingFile, validationFile, seed, set: { method, ...set } = {} }) =>
      patiently(async () => {
        const job = await (
          await jobs()
        ).create(
          {
            model,
            training_file: trainingFile,
            ...(validationFile === undefined ? {} : { validation_file: validationFile }),
            ...(seed === undefined ? {} : { seed }),
            method: { type: "supervised", ...asRecord(method) },
            ...set,
          },
          request,
        );
        return job.id;
      }),
    find: (trainingFile) =>
      patiently(async () => {
        const page = await (await jobs()).list({ limit: 100 }, request);
        return page.data.find((job) => job.training_file === trainingFile)?.id;
      }),
    job: (id) => patiently(async () => readStatus(await (await jobs()).retrieve(id, request))),
    events: (id) =>
      patiently(async () => {
        const page = await (await jobs()).listEvents(id, { limit: 100 }, request);
        return page.data.map(readEvent);
      }),
    checkpoints: async (id) => {
      try {
        return await patiently(async () => {
          const page = await (await jobs()).checkpoints.list(id, { limit: 100 }, request);
          return page.data.map(readCheckpoint).sort((a, b) => a.step - b.step);
        });
      } catch (error) {
        // many compatible endpoints have jobs, and no checkpoints
        if (error instanceof CotError && ["refused", "malformed"].includes(error.code)) return [];
        throw error;
      }
    },
    download: (fileId) =>
      patiently(async () => {
        const response = await (await client).files.content(fileId, request).asResponse();
        return response.text();
      }),
    // also after the signal: it is what Ctrl-C may ask for
    cancel: async (id) => {
      try {
        await (await jobs()).cancel(id);
      } catch (thrown) {
        throw toCotError(thrown, connection, model);
      }
    },
  };
}

const states = ["running", "paused", "succeeded", "failed", "cancelled", "expired"] as const;

function readStatus(job: unknown): JobStatus {
  const { status, fine_tuned_model, result_files, trained_tokens, error } = asRecord(job);
  if (typeof status !== "string") throw new CotError("malformed", "the endpoint sent a job without a status");
  const { message, param, code } = asRecord(error);
  const reason = [message, code && `(${String(code)})`, param && `in ${String(param)}`]
    .filter(Boolean)
    .join(" ");
  return {
    state: states.find((state) => state === status) ?? "queued",
    model: typeof fine_tuned_model === "string" ? fine_tuned_model : undefined,
    resultFiles: Array.isArray(result_files) ? result_files.map(String) : [],
    trainedTokens: typeof trained_tokens === "number" ? trained_tokens : null,
    reason: reason || "it gave no reason",
  };
}

function readCheckpoint(checkpoint: unknown): JobCheckpoint {
  const { step_number: step, fine_tuned_model_checkpoint: model } = asRecord(checkpoint);
  return { step: Number(step) || 0, model: String(model) };
}

function readEvent(event: unknown): JobEvent {
  const { id, message, data } = asRecord(event);
  return { id: String(id), message: String(message ?? ""), metrics: asRecord(data) };
}
