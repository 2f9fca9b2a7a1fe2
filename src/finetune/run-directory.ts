import { appendFile, readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { usageError } from "../errors.ts";
import { parseObject } from "../jsonl.ts";
import { makeDirectory } from "../make-directory.ts";
import type { Measurement } from "./measure.ts";
import type { CleanedOf } from "./examples/decontaminated.ts";
import type { CurvePoint, FinetuneReport } from "./report.ts";
import { writeWhole } from "./write-whole.ts";

/** What a run must not change in the middle; two runs with equal settings are one run. */
export type RunSettings = Record<string, string | number | boolean | null>;

interface RunState {
  v: 1;
  settings: RunSettings;
  /** Evaluation files that the training data was cleaned of; absent where no data set was learned. */
  decontaminated?: readonly CleanedOf[];
  /** Measured before training, once. */
  before?: Measurement[];
  /** Seconds of training in all sittings. */
  seconds: number;
  report?: FinetuneReport;
}

/** A model directory in the making: `finetune.json` says whose, `log.jsonl` what happened, `checkpoints/` goes on. */
export interface RunDirectory {
  readonly path: string;
  readonly state: RunState;
  readonly checkpoint: string;
  save(change: Partial<Omit<RunState, "v" | "settings">>): Promise<void>;
  log(entry: { step: number } & Record<string, unknown>): Promise<void>;
  /** Forgets what was logged after a checkpoint's step. @returns the curve up to there */
  rewindLog(step: number): Promise<CurvePoint[]>;
}

const stateFile = "finetune.json";

/**
 * Opens the directory of a run: new, or one that the same command has begun.
 * @param fresh forget an earlier run
 * @throws CotError `usage` where something else is there, or a run with other settings
 */
export async function openRunDirectory(
  path: string,
  settings: RunSettings,
  fresh = false,
): Promise<RunDirectory> {
  const file = join(path, stateFile);
  const log = join(path, "log.jsonl");
  const checkpoints = join(path, "checkpoints");
  const files = await readdir(path).catch(emptyWhereMissing(path));
  const found = files.includes(stateFile) ? await readState(file) : undefined;
  if (found === undefined && files.length > 0)
    throw usageError(`${path} is not empty, and no run of cot finetune`, "Name another directory with -o.");
  let state: RunState = { v: 1, settings, seconds: 0 };
  if (found !== undefined && !fresh) {
    const other = differingSetting(found.settings, settings);
    if (other !== undefined)
      throw usageError(
        fingerprints.includes(other)
          ? `${path} holds a run with other ${other}`
          : `${path} holds a run with ${other} ${String(found.settings[other])}, not ${String(settings[other])}`,
        "Name another directory with -o, or start over with --fresh.",
      );
    state = found;
  } else if (found !== undefined) {
    // an old model under the name of a run that has not ended would be taken for its result
    const model = join(path, "model.safetensors");
    await Promise.all([checkpoints, log, model].map((old) => rm(old, { recursive: true, force: true })));
  }
  await makeDirectory(checkpoints);

  const save: RunDirectory["save"] = async (change) => {
    Object.assign(state, change);
    await writeWhole(file, `${JSON.stringify(state, null, 2)}\n`);
  };
  await save({});
  return {
    path,
    state,
    checkpoint: join(checkpoints, "last.safetensors"),
    save,
    log: (entry) => appendFile(log, `${JSON.stringify(entry)}\n`),
    async rewindLog(step) {
      const text = await readFile(log, "utf8").catch(() => "");
      const lines = text.split("\n").filter((line) => Number(parseObject(line)?.["step"]) <= step);
      if (text !== "") await writeWhole(log, lines.map((line) => `${line}\n`).join(""));
      return lines.flatMap((line) => (parseObject(line) as { point?: CurvePoint }).point ?? []);
    },
  };
}

async function readState(file: string): Promise<RunState> {
  const state = parseObject(await readFile(file, "utf8")) as Partial<RunState> | undefined;
  if (state?.v !== 1 || state.settings === undefined)
    throw usageError(`${file} was not written by this version of cot finetune`);
  return state as RunState;
}

/** Settings that say nothing to a person. */
const fingerprints: readonly string[] = ["weights", "questions", "examples"];

function differingSetting(one: RunSettings, other: RunSettings): string | undefined {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].find((name) => one[name] !== other[name]);
}

function emptyWhereMissing(path: string) {
  return (error: unknown): string[] => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    throw usageError(`cannot write ${path}: ${code === "ENOTDIR" ? "it is a file" : String(code)}`);
  };
}
