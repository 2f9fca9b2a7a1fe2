import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { CotError, usageError } from "../../errors.ts";
import { parseObject } from "../../jsonl.ts";
import { makeDirectory } from "../../make-directory.ts";
import type { FineTuning, JobCheckpoint, JobStatus } from "../../models/fine-tuning.ts";
import { fingerprint } from "../questions.ts";
import type { CurvePoint } from "../report.ts";
import { writeWhole } from "../write-whole.ts";
import { curvePoint, readResults } from "./loss-curve.ts";

/** A fine-tuning job as its directory remembers it. */
export interface JobState {
  v: 1;
  /** Tells this job from another: endpoint, model, data, seed, fields. */
  settings: string;
  training_file?: string;
  validation_file?: string;
  job?: string;
  status?: JobStatus["state"];
  /** The trained model's name at the endpoint. */
  model?: string;
  /** Models that were kept on the way. */
  checkpoints?: JobCheckpoint[];
  trained_tokens?: number | null;
  curve: CurvePoint[];
}

export type JobRunEvent =
  | { type: "file-uploaded"; file: string; rows: number }
  | { type: "job-created"; job: string }
  | { type: "job-resumed"; job: string }
  | {
      type: "job-status";
      state: JobStatus["state"];
      point: CurvePoint | undefined;
      steps: number | undefined;
    }
  | { type: "job-event"; message: string };

export interface JobRun {
  api: FineTuning;
  /** Endpoint and model, for telling jobs apart. */
  target: { endpoint: string; model: string };
  /** JSONL in the format `messages`. */
  training: string;
  validation?: string;
  seed?: number;
  /** Further fields of the job's request. */
  set?: Record<string, unknown>;
  directory: string;
  fresh?: boolean;
  /** Rejects when the run is to end. */
  sleep: (milliseconds: number) => Promise<void>;
  onEvent: (event: JobRunEvent) => void;
}

const firstPollMs = 1_000;
const pollGrowth = 1.5;
const longestPollMs = 30_000;

/**
 * Uploads, starts a job, and follows it to its end; what the directory remembers is not done twice.
 * @throws CotError `refused` where the job fails, expires or was cancelled (the next run starts another one)
 */
export async function runFineTuningJob(run: JobRun): Promise<JobState> {
  const { api, target, training, validation, seed, set, directory, onEvent } = run;
  const settings = fingerprint([target, training, validation ?? null, seed ?? null, ...(set ? [set] : [])]);
  const file = join(directory, "job.json");
  const state = await openState(directory, file, settings, run.fresh ?? false);
  const save = (change: Partial<JobState>): Promise<void> =>
    writeWhole(file, `${JSON.stringify(Object.assign(state, change), null, 2)}\n`);
  if (state.status === "succeeded") return state;

  const upload = async (name: string, lines: string): Promise<string> => {
    const id = await api.upload(lines, name);
    onEvent({ type: "file-uploaded", file: name, rows: lines.trimEnd().split("\n").length });
    return id;
  };
  if (state.job === undefined) {
    const known = state.training_file !== undefined;
    if (state.training_file === undefined)
      await save({ training_file: await upload("train.jsonl", training) });
    if (validation !== undefined && state.validation_file === undefined)
      await save({ validation_file: await upload("validation.jsonl", validation) });
    const trainingFile = state.training_file!;
    const started = known ? await api.find(trainingFile) : undefined;
    const created =
      started ??
      (await api.create({
        trainingFile,
        ...(state.validation_file && { validationFile: state.validation_file }),
        ...(seed !== undefined && { seed }),
        ...(set !== undefined && { set }),
      }));
    await save({ job: created });
    onEvent({ type: "job-created", job: created });
  } else onEvent({ type: "job-resumed", job: state.job });

  const status = await follow(run, state, save);
  if (status.state !== "succeeded") {
    const job = state.job!;
    await writeWhole(file, `${JSON.stringify({ v: 1, settings, curve: [] })}\n`);
    throw new CotError(
      "refused",
      `job ${job} at ${target.endpoint} ${endings[status.state]}: ${status.reason}`,
      {
        hint: "The same command uploads the data and starts another job.",
      },
    );
  }
  const results = await Promise.all(status.resultFiles.map((id) => api.download(id)));
  const curve = results.flatMap(readResults);
  await save({
    status: "succeeded",
    trained_tokens: status.trainedTokens,
    checkpoints: await api.checkpoints(state.job!),
    ...(status.model !== undefined && { model: status.model }),
    ...(curve.length > 0 && { curve }),
  });
  await writeWhole(
    join(directory, "log.jsonl"),
    state.curve.map((point) => `${JSON.stringify(point)}\n`).join(""),
  );
  return state;
}

const endings: Record<string, string> = {
  failed: "failed",
  cancelled: "was cancelled",
  expired: "expired",
};

/** Polls until the job has ended; its events are passed on once each. */
async function follow(
  { api, sleep, onEvent }: JobRun,
  state: JobState,
  save: (change: Partial<JobState>) => Promise<void>,
): Promise<JobStatus> {
  const seen = new Set<string>();
  for (let gap = firstPollMs; ; gap = Math.min(longestPollMs, gap * pollGrowth)) {
    const status = await api.job(state.job!);
    let steps: number | undefined;
    for (const { id, message, metrics } of (await api.events(state.job!)).reverse()) {
      if (seen.has(id)) continue;
      seen.add(id);
      steps = Number(metrics["total_steps"]) || steps;
      const point = curvePoint(metrics);
      if (point === undefined) onEvent({ type: "job-event", message });
      else if (!state.curve.some(({ step }) => step === point.step)) state.curve.push(point);
    }
    await save({ status: status.state });
    onEvent({ type: "job-status", state: status.state, point: state.curve.at(-1), steps });
    if (["succeeded", "failed", "cancelled", "expired"].includes(status.state)) return status;
    await sleep(gap);
  }
}

async function openState(
  directory: string,
  file: string,
  settings: string,
  fresh: boolean,
): Promise<JobState> {
  const initial: JobState = { v: 1, settings, curve: [] };
  await makeDirectory(directory);
  const files = await readdir(directory);
  if (!files.includes("job.json")) {
    if (files.length > 0)
      throw usageError(
        `${directory} is not empty, and no job of cot finetune`,
        "Name another directory with -o.",
      );
    return initial;
  }
  if (fresh) return initial;
  const found = parseObject(await readFile(file, "utf8")) as JobState | undefined;
  if (found?.v !== 1) throw usageError(`${file} was not written by this version of cot finetune`);
  if (found.settings !== settings)
    throw usageError(
      `${directory} holds a job with another endpoint, model, data, seed or --set`,
      "Name another directory with -o, or start over with --fresh.",
    );
  return found;
}
