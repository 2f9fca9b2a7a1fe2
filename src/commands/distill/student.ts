import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";

import { CotError } from "../../errors.ts";
import { parseObject } from "../../jsonl.ts";
import { parseModelSpec } from "../../models/providers.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { notesOf } from "../notes.ts";
import { roleFlags } from "./role-flags.ts";
import type { DistillSettings } from "./settings.ts";

/** A built-in model's name or directory; undefined for a model at an endpoint. */
export function builtinName(spec: string): string | undefined {
  if (spec === "builtin") return "main";
  return spec.startsWith("builtin:") ? spec.slice("builtin:".length) : undefined;
}

/**
 * Trains the student on the folder's data into `DIR/student`, as `cot finetune DIR --method supervised` does; one that
 * is there is used.
 * @returns how to name it with `-m`
 */
export async function trainStudent(
  folder: string,
  student: string,
  settings: DistillSettings,
  terminal: Terminal,
): Promise<string> {
  const directory = join(folder, "student");
  if (await isTrained(directory)) {
    notesOf(terminal, settings).note(`${directory} is there already, and is used`);
  } else {
    const { runFinetune } = await import("../finetune/run.ts");
    const flags = await roleFlags(student, settings, terminal);
    const { quiet, verbose, config, seed, keyEnv, header, timeout, retries, baseUrl } = flags;
    await runFinetune(
      folder,
      {
        method: "supervised",
        model: student,
        output: directory,
        ...(quiet === undefined ? {} : { quiet }),
        ...(verbose === undefined ? {} : { verbose }),
        ...(config === undefined ? {} : { config }),
        ...(seed === undefined ? {} : { seed }),
        ...(keyEnv === undefined ? {} : { keyEnv }),
        ...(header === undefined ? {} : { header }),
        ...(timeout === undefined ? {} : { timeout }),
        ...(retries === undefined ? {} : { retries }),
        ...(baseUrl === undefined ? {} : { baseUrl }),
      },
      // stdout is the comparison's
      { ...terminal, stdout: terminal.stderr },
    );
  }
  return trainedSpec(directory, student);
}

/** Whether a finished model, or a finished job's state, is there. */
async function isTrained(directory: string): Promise<boolean> {
  const run = await readState(join(directory, "finetune.json"));
  if (run) return run["report"] !== undefined;
  const job = await readState(join(directory, "job.json"));
  if (job) return typeof job["model"] === "string";
  return (await stat(join(directory, "model.safetensors")).catch(() => undefined)) !== undefined;
}

async function trainedSpec(directory: string, student: string): Promise<string> {
  const job = await readState(join(directory, "job.json"));
  if (job === undefined) return `builtin:${directory}`;
  const { model } = job;
  if (typeof model !== "string") throw new CotError("refused", `the job in ${directory} has made no model`);
  const { provider } = parseModelSpec(student, false);
  return provider === null ? model : `${provider}:${model}`;
}

async function readState(path: string): Promise<Record<string, unknown> | undefined> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  return text === undefined ? undefined : parseObject(text);
}
