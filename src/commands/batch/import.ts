import { expectedResponse, planRequests, refuseFollowUps } from "../../batch/plan.ts";
import { responseIntake } from "../../batch/responses.ts";
import { usageError } from "../../errors.ts";
import { diskFiles } from "../../files.ts";
import { parseObject, splitLines } from "../../jsonl.ts";
import type { Model } from "../../models/model.ts";
import { openRequestFiles, type RequestFiles } from "../../models/request-files.ts";
import type { CompletionStore } from "../../models/store.ts";
import type { FormatName } from "../../output/formats/format.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import type { Question } from "../../questions/question.ts";
import type { AskOptions } from "../../reasoning/options.ts";
import { resolveModel } from "../open-model.ts";
import { runQuestions } from "../run-questions.ts";
import { refuseBuiltin, rereadable, type BatchInput } from "./input.ts";
import type { BatchSettings } from "./settings.ts";

/** `--import-responses`: the answers to what `--export-requests` wrote. */
export async function importResponses(
  path: string,
  input: BatchInput,
  options: AskOptions,
  format: FormatName,
  settings: BatchSettings,
  terminal: Terminal,
): Promise<number> {
  refuseFollowUps(options, "a file of responses");
  const { spec, settings: modelSettings } = await resolveModel(settings, terminal, { dry: true });
  refuseBuiltin(spec, "--import-responses");
  const files = openRequestFiles(spec, modelSettings);
  const questions = await rereadable(input);
  // all of them are paid for: no vote ends early
  const all: AskOptions = { ...options, everySample: true };
  const places = await responsePlaces(path);
  await refuseUnknown(path, places, questions, all, files);
  const fill = (store: CompletionStore): Promise<Model> => intake(path, places, questions, all, files, store);
  const opened = {
    spec,
    settings: modelSettings,
    model: { id: files.id, endpoint: files.endpoint } as Model,
    close: () => Promise.resolve(),
  };
  return runQuestions({ ...input, questions, options: all, opened, format, settings, fill }, terminal);
}

type Places = Map<string, { offset: number; length: number }>;

/** Where each request's response stands; where one stands twice, the last counts. */
async function responsePlaces(path: string): Promise<Places> {
  const places: Places = new Map();
  if ((await diskFiles.size(path)) === undefined)
    throw usageError(`cannot read ${path}: there is no such file`);
  for await (const { bytes, number, offset } of splitLines(diskFiles.read(path))) {
    if (bytes.toString().trim() === "") continue;
    const customId = parseObject(bytes.toString())?.["custom_id"];
    if (typeof customId !== "string") {
      throw usageError(`${path}, line ${number}: not a response (no "custom_id")`);
    }
    places.set(customId, { offset, length: bytes.length });
  }
  return places;
}

async function refuseUnknown(
  path: string,
  places: Places,
  questions: AsyncIterable<Question>,
  options: AskOptions,
  files: RequestFiles,
): Promise<void> {
  const unknown = new Set(places.keys());
  for await (const question of questions) {
    for (const { customId } of planRequests(question, options, files)) unknown.delete(customId);
  }
  for (const customId of unknown) {
    throw usageError(
      `${path} answers "${customId}", which is none of the requests`,
      "The questions and the settings have to be those of the export.",
    );
  }
}

async function intake(
  path: string,
  places: Places,
  questions: AsyncIterable<Question>,
  options: AskOptions,
  files: RequestFiles,
  store: CompletionStore,
): Promise<Model> {
  const taking = responseIntake(files, store);
  const file = await diskFiles.open(path, "read");
  try {
    for await (const question of questions) {
      for (const planned of planRequests(question, options, files)) {
        const place = places.get(planned.customId);
        if (place === undefined) continue;
        const line = parseObject((await file.read(place.offset, place.length)).toString());
        await taking.take(line ?? {}, expectedResponse(planned, files));
      }
    }
    await taking.settled();
  } finally {
    await file.close();
  }
  return taking.model;
}
