import { runBatchApi, type BatchApiEvent, type BatchApiRun } from "../../batch/batch-api.ts";
import { batchBudget } from "../../batch/batch-budget.ts";
import { batchLog } from "../../batch/batch-log.ts";
import { openJournal } from "../../batch/journal.ts";
import { refuseFollowUps } from "../../batch/plan.ts";
import { runSettings } from "../../batch/settings.ts";
import { CotError, usageError } from "../../errors.ts";
import { openBatchApi, type BatchApi } from "../../models/batch-api.ts";
import type { Model } from "../../models/model.ts";
import { openRequestFiles } from "../../models/request-files.ts";
import { sleepFor } from "../../models/sleep.ts";
import type { CompletionStore } from "../../models/store.ts";
import type { FormatName } from "../../output/formats/format.ts";
import { group } from "../../output/terminal/progress.ts";
import { statusLine } from "../../output/terminal/status.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import type { AskOptions } from "../../reasoning/options.ts";
import { counted } from "../counted.ts";
import { notesOf } from "../notes.ts";
import { resolveModel } from "../open-model.ts";
import { runQuestions } from "../run-questions.ts";
import { refuseBuiltin, rereadable, type BatchInput } from "./input.ts";
import type { BatchSettings } from "./settings.ts";

/** What a batch costs of the listed price. */
const discount = 0.5;

/** `--via batch-api`: submit, or go on waiting for what was submitted, and write the answers; with `--cancel`, stop it. */
export async function viaBatchApi(
  input: BatchInput,
  options: AskOptions,
  format: FormatName,
  settings: BatchSettings,
  terminal: Terminal,
): Promise<number> {
  if (settings.output === undefined) {
    throw usageError("--via batch-api needs -o: its journal remembers the batches that are under way");
  }
  refuseFollowUps(options, "a batch");
  if (settings.cache === true || settings.cacheDir !== undefined) {
    notesOf(terminal, settings).note(
      "--cache is not looked at: a batch asks for all that its own journal has not",
    );
  }
  const { spec, settings: modelSettings } = await resolveModel(settings, terminal);
  refuseBuiltin(spec, "--via batch-api");
  const files = openRequestFiles(spec, modelSettings, discount);
  const caps = modelSettings.budget?.caps ?? {};
  if (caps.maxCost !== undefined && files.price === undefined) {
    const { unknownPrice } = await import("../../models/open.ts");
    throw unknownPrice(files.id, files.endpoint);
  }
  const budget = batchBudget(caps, files.price);
  const { signal, random } = terminal;
  const api = openBatchApi(files.connection, files.id, { signal, random, sleep: sleepFor });
  // all of them are paid for: no vote ends early
  const all: AskOptions = { ...options, everySample: true };
  const model = { id: files.id, endpoint: files.endpoint } as Model;
  if (settings.cancel) {
    const journal = await openJournal(
      settings.output,
      runSettings(options, model, input.survey?.fingerprint, modelSettings.baseUrl),
    );
    return cancelAll(journal.store, api, notesOf(terminal, settings).note).finally(() => journal.close());
  }
  const questions = await rereadable(input);
  const opened = { spec, settings: modelSettings, model, close: () => Promise.resolve() };
  const fill = (store: CompletionStore): Promise<Model> =>
    wait({ questions, files, api, store, budget, options: all }, settings, terminal);
  return runQuestions({ ...input, questions, options: all, opened, format, settings, fill }, terminal);
}

async function wait(
  waiting: Omit<BatchApiRun, "sleep" | "onEvent">,
  settings: BatchSettings,
  terminal: Terminal,
): Promise<Model> {
  const { note } = notesOf(terminal, settings);
  const line = statusLine(terminal.stderr);
  let progress = "waiting for the batch";
  const onEvent = (event: BatchApiEvent): void => {
    if (event.type === "batch-submitted") {
      note(`${counted(event.requests, "request")} on the way as ${event.id}`);
      return;
    }
    const { state, done, total } = event.status;
    progress = `${event.id} ${state}: ${group(done)}/${group(total)} done`;
    if (state !== "running") note(progress);
  };
  if (settings.quiet !== true) line.start(() => progress);
  try {
    return await runBatchApi({ ...waiting, onEvent, sleep: (ms) => sleepFor(ms, terminal.signal) });
  } catch (error) {
    if (error instanceof CotError && (error.code === "interrupted" || error.code === "terminated")) {
      note("the batch goes on at the endpoint: the same command waits for it, with --cancel it ends");
    }
    throw error;
  } finally {
    line.stop();
  }
}

async function cancelAll(
  store: CompletionStore,
  api: BatchApi,
  note: (text: string) => void,
): Promise<number> {
  const open = (await batchLog(store)).open().filter(({ batchId }) => batchId !== "");
  for (const { batchId } of open) {
    await api.cancel(batchId);
    note(`${batchId} is cancelled; the same command without --cancel fetches what it had done`);
  }
  if (open.length === 0) note("no batch is under way");
  return 0;
}
