import { basename, dirname } from "node:path";

import type { DistillOptions } from "../../distill/distill.ts";
import type { EvaluationItem } from "../../distill/select/decontaminate.ts";
import { usageError } from "../../errors.ts";
import { isTemplateName } from "../../prompts/templates.ts";
import { readQuestions } from "../../questions/read.ts";
import { readAskOptions } from "../ask-options.ts";
import type { EndpointFlags } from "../endpoint-settings.ts";
import { fileHash } from "../file-hash.ts";
import type { distillFlags } from "../flags/distill.ts";
import type { GroupSettings, SettingsOf } from "../flags/flag.ts";
import type { callFlags } from "../flags/model.ts";
import type { questionFlags } from "../flags/questions.ts";
import type { resultFlags } from "../flags/results.ts";

export type DistillSettings = GroupSettings<
  readonly [typeof distillFlags, typeof questionFlags, ...typeof callFlags]
> &
  Pick<SettingsOf<(typeof resultFlags)["flags"]>, "json" | "fresh" | "retryFailed" | "maxFailures"> &
  Pick<EndpointFlags, "budget">;

const defaultSamples = 8;
const defaultKeep = 2;

/** Options of the core, with everything in them that has a default here. */
export type ChosenOptions = DistillOptions & Required<Pick<DistillOptions, "samples" | "keep" | "adaptive">>;

/**
 * What the flags say, with the evaluation files read.
 * @throws CotError (usage)
 */
export async function distillOptions(
  settings: DistillSettings,
  note: (text: string) => void,
): Promise<ChosenOptions> {
  const { samples = defaultSamples, keep = Math.min(defaultKeep, samples) } = settings;
  if (keep > samples) {
    throw usageError(
      `--keep ${keep} needs at least as many samples, not ${samples}`,
      `Raise it with -n ${keep}.`,
    );
  }
  const { select, traceStyle, export: formats, decontaminate = [] } = settings;
  const files = [];
  for (const path of decontaminate) files.push({ path, ...(await readEvaluationFile(path)) });
  return {
    ...(await readAskOptions({ ...settings, samples }, note)),
    samples,
    keep,
    adaptive: settings.adaptive ?? true,
    ...(select === undefined ? {} : { select }),
    ...(traceStyle === undefined ? {} : { traceStyle }),
    ...(formats === undefined ? {} : { formats }),
    decontaminate: files,
  };
}

async function readEvaluationFile(path: string): Promise<{ items: EvaluationItem[]; sha256: string }> {
  const items: EvaluationItem[] = [];
  for await (const { id, question, gold } of readQuestions({ path }, { skipBad: true })) {
    items.push({ id, question, ...(gold === undefined ? {} : { gold }) });
  }
  return { items, sha256: await fileHash(path) };
}

/**
 * SHA-256 of what a data set is made from: its questions or traces, and the prompt's or policy's file, by their names;
 * by their paths where the data set has files of these names.
 */
export async function sourceHashes(
  path: string,
  { prompt, policy }: ChosenOptions,
): Promise<Record<string, string>> {
  const asking = policy ?? (isTemplateName(prompt) ? undefined : prompt);
  const hashes: Record<string, string> = {};
  for (const file of [path, asking]) {
    if (file === undefined || file === "-") continue;
    const name = basename(file);
    const taken = name in hashes || ["ledger.jsonl", "traces.jsonl"].includes(name);
    hashes[taken ? `${dirname(file)}/${name}` : name] = await fileHash(file);
  }
  return hashes;
}
