import { findTrainingFiles } from "../../finetune/examples/read.ts";
import { readMessages } from "../../finetune/jobs/messages.ts";
import { runFineTuningJob, type JobRunEvent, type JobState } from "../../finetune/jobs/run.ts";
import { writeWhole } from "../../finetune/write-whole.ts";
import { connect } from "../../models/connection.ts";
import { openFineTuning, type FineTuning } from "../../models/fine-tuning.ts";
import type { ModelSpec } from "../../models/providers.ts";
import { sleepFor } from "../../models/sleep.ts";
import { group } from "../../output/terminal/progress.ts";
import { sparkline } from "../../output/terminal/sparkline.ts";
import { duration, statusLine } from "../../output/terminal/status.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { nested } from "../ask-options.ts";
import { notesOf, type Notes } from "../notes.ts";
import { resolveModel } from "../open-model.ts";
import type { FinetuneSettings } from "./settings.ts";

/** `cot finetune --method supervised` with a model that is not ours: a job at its endpoint. */
export async function trainAtEndpoint(
  data: string,
  directory: string,
  settings: FinetuneSettings,
  terminal: Terminal,
): Promise<number> {
  const notes = notesOf(terminal, settings);
  const files = await findTrainingFiles(data);
  const training = await readMessages(files.train);
  const validation = files.validation === undefined ? undefined : await readMessages(files.validation);
  const { spec, settings: endpoint } = await resolveModel(settings, terminal, {
    dry: settings.dryRun ?? false,
  });
  const connection = connect(spec, endpoint);
  const model = spec.model ?? "";
  if (settings.dryRun) {
    const tokens = Math.ceil(training.length / 4);
    await terminal.stdout.write(
      `model: ${model} at ${connection.host}\nrows: ${group(training.trimEnd().split("\n").length)}\n` +
        `requests: ${validation === undefined ? "1 upload" : "2 uploads"}, 1 job, then polls\ntokens: about ${group(tokens)} an epoch\ncost: unknown, the endpoint's\n`,
    );
    return 0;
  }
  const { signal, secondSignal, random, now } = terminal;
  const { seed, set, fresh, html, retries } = settings;
  const api = openFineTuning(connection, model, { signal, sleep: sleepFor, random, retries });
  const following = followJob(terminal, settings.quiet ?? false, notes, now());
  let state: JobState;
  try {
    state = await runFineTuningJob({
      api,
      target: { endpoint: connection.baseUrl, model },
      training,
      ...(validation !== undefined && { validation }),
      directory,
      ...(seed !== undefined && { seed }),
      ...(set !== undefined && { set: nested(set) }),
      ...(fresh && { fresh }),
      sleep: (milliseconds) => sleepFor(milliseconds, signal),
      onEvent: following.onEvent,
    });
  } catch (error) {
    following.stop();
    if (signal.aborted && following.job !== undefined)
      await offerCancel(api, following.job, secondSignal, notes);
    throw error;
  }
  following.stop();
  await terminal.stdout.write(settings.json ? `${JSON.stringify(shown(state))}\n` : described(state));
  if (html !== undefined) {
    const { jobPage } = await import("../../output/report/finetune-page.ts");
    await writeWhole(html, jobPage(data, `${model} at ${connection.host}`, state));
  }
  if (state.model !== undefined) notes.note(`ask it with ${nameOf(state.model, spec, settings)}`);
  return 0;
}

/** How the trained model is asked for at the endpoint that trained it. */
function nameOf(model: string, { provider }: ModelSpec, { baseUrl }: FinetuneSettings): string {
  if (provider !== null) return `-m ${provider}:${model}`;
  return `-m ${model}${baseUrl === undefined ? "" : " and the same --base-url"}`;
}

/** How long a second Ctrl-C is waited for. */
const patienceMs = 3_000;

/** The job goes on when its watcher leaves, unless a second Ctrl-C says otherwise. */
async function offerCancel(
  api: FineTuning,
  job: string,
  secondSignal: AbortSignal,
  { note }: Notes,
): Promise<void> {
  note(`job ${job} goes on at the endpoint; the same command follows it. Ctrl-C once more cancels it there`);
  await sleepFor(patienceMs, secondSignal).catch(() => undefined);
  if (!secondSignal.aborted) return;
  await api.cancel(job);
  note(`job ${job} is cancelled`);
}

function followJob({ stderr, now }: Terminal, quiet: boolean, notes: Notes, began: number) {
  const line = statusLine(stderr);
  let text = "uploading";
  if (!quiet) line.start(() => `${text} · ${duration(now() - began)}`);
  const following = {
    job: undefined as string | undefined,
    stop: () => line.stop(),
    onEvent(event: JobRunEvent): void {
      switch (event.type) {
        case "file-uploaded":
          return notes.note(`${event.file}: ${group(event.rows)} rows uploaded`);
        case "job-created":
        case "job-resumed":
          following.job = event.job;
          return notes.note(
            `job ${event.job} ${event.type === "job-created" ? "was created" : "is followed on"}`,
          );
        case "job-event":
          return notes.note(event.message);
        case "job-status": {
          const { state, point, steps } = event;
          text = state;
          if (point)
            text += ` · step ${point.step}${steps ? `/${steps}` : ""} · loss ${point.value.toFixed(3)}`;
        }
      }
    },
  };
  return following;
}

function described({ job, model, curve, checkpoints = [], trained_tokens: tokens }: JobState): string {
  const values = curve.map(({ value }) => value);
  const lines = [`job    ${job}`, `model  ${model ?? "–"}`];
  if (typeof tokens === "number") lines.push(`tokens ${group(tokens)}`);
  if (values.length > 0)
    lines.push(`loss   ${sparkline(values)} ${values[0]!.toFixed(3)} → ${values.at(-1)!.toFixed(3)}`);
  for (const { step, model: kept } of checkpoints) lines.push(`step ${step}: ${kept}`);
  return lines.map((line) => `${line}\n`).join("");
}

function shown(state: JobState): object {
  const { job, model, status, curve, checkpoints, trained_tokens, training_file, validation_file } = state;
  const files = { training_file, validation_file };
  return { method: "supervised", job, model, status, ...files, trained_tokens, curve, checkpoints };
}
