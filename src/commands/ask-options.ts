import { existsSync } from "node:fs";

import { usageError } from "../errors.ts";
import { type Prompt, puttingWith } from "../prompts/prompt.ts";
import {
  customPrompt,
  defaultTemplate,
  isTemplateName,
  namedPrompt,
  templates,
} from "../prompts/templates.ts";
import type { Policy } from "../prompts/policy.ts";
import type { AskOptions } from "../reasoning/options.ts";
import type { Assignment } from "./flags/special-values.ts";
import type { GroupSettings } from "./flags/flag.ts";
import type { endpointFlags, promptFlags, samplingFlags } from "./flags/model.ts";
import type { reasoningFlags } from "./flags/reasoning.ts";
import { readTextFile } from "./read-file.ts";

/** The flags that say how a question is asked; a command that has only some of them passes those. */
export type AskFlags = Partial<
  GroupSettings<
    readonly [typeof promptFlags, typeof samplingFlags, typeof reasoningFlags, typeof endpointFlags]
  >
>;

/** What `-n` is where a share of the votes is asked for. */
const votingSamples = 5;
const defaultRefineRounds = 2;

/**
 * How a question is asked, from the flags, with the files that they name read.
 * @param note says what a person should know
 * @throws CotError (usage)
 */
export async function readAskOptions(flags: AskFlags, note: (text: string) => void): Promise<AskOptions> {
  const { prompt, policy } = await readPrompt(flags, note);
  const sampling = policy?.sampling ?? {};
  const samples = sampleCount(flags, sampling.samples);
  const temperature = flags.temperature ?? sampling.temperature;
  const maxTokens = flags.maxTokens ?? sampling.max_tokens;
  const effort = flags.effort ?? sampling.effort;
  const rounds = flags.refineRounds ?? (flags.refine ? defaultRefineRounds : undefined);
  if (samples > 1 && temperature === 0) note(`-n ${samples} with -t 0: the samples will be alike`);
  return {
    ...puttingWith(prompt, flags.system),
    strategy: prompt.strategy,
    prompt: policy === undefined ? prompt.name : prompt.strategy,
    policy: policy === undefined ? null : flags.policy!,
    samples,
    ...(temperature === undefined ? {} : { temperature }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(effort === undefined ? {} : { effort }),
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    ...(flags.set === undefined ? {} : { set: nested(flags.set) }),
    ...(flags.check ? { check: true } : {}),
    ...(rounds === undefined ? {} : { refineRounds: rounds }),
    ...(flags.vote === undefined ? {} : { vote: flags.vote }),
    ...(flags.confidence === undefined ? {} : { confidence: flags.confidence }),
    ...(flags.minAgreement === undefined ? {} : { minAgreement: flags.minAgreement }),
    ...(flags.schema === undefined ? {} : { schema: await readSchema(flags.schema) }),
  };
}

async function readPrompt(
  flags: AskFlags,
  note: (text: string) => void,
): Promise<{ prompt: Prompt; policy?: Policy }> {
  if (flags.policy === undefined) return { prompt: await findPrompt(flags.prompt ?? defaultTemplate) };
  if (flags.prompt !== undefined) throw usageError("--policy brings its own prompt: leave out --prompt");
  const { parsePolicy, policyPrompt } = await import("../prompts/policy.ts");
  const policy = parsePolicy(await readTextFile(flags.policy, "--policy"), flags.policy);
  if (policy.retrieve === undefined) return { prompt: policyPrompt(policy, flags.policy), policy };
  const { retrievingPrompt } = await import("../prompts/retrieval.ts");
  return { prompt: retrievingPrompt(policy, flags.policy, note), policy };
}

/**
 * A template by its name, or a prompt file.
 * @throws CotError (usage)
 */
async function findPrompt(nameOrFile: string): Promise<Prompt> {
  if (isTemplateName(nameOrFile)) return namedPrompt(nameOrFile);
  if (!existsSync(nameOrFile)) {
    throw usageError(
      `there is no prompt "${nameOrFile}"`,
      `Templates: ${Object.keys(templates).join(", ")}; or the path of a file with {{question}}.`,
    );
  }
  return customPrompt(nameOrFile, await readTextFile(nameOrFile, "--prompt"));
}

function sampleCount({ samples, minAgreement }: AskFlags, ofPolicy: number | undefined): number {
  const given = samples ?? ofPolicy;
  if (minAgreement !== undefined && given === 1) {
    throw usageError(
      "--min-agreement needs several samples, not -n 1",
      "Leave -n out for 5, or give a larger one.",
    );
  }
  return given ?? (minAgreement === undefined ? 1 : votingSamples);
}

async function readSchema(path: string) {
  const text = await readTextFile(path, "--schema");
  let schema: unknown;
  try {
    schema = JSON.parse(text);
  } catch (error) {
    throw usageError(`--schema ${path} is not JSON: ${(error as Error).message.replace(/\s+/g, " ")}`);
  }
  const { compileSchema } = await import("../reasoning/schema.ts");
  return compileSchema(schema, path);
}

/** What `--set` says: `provider.sort=price` is `{provider: {sort: "price"}}`. */
export function nested(assignments: readonly Assignment[]): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const { name, value } of assignments) {
    const path = name.split(".");
    const last = path.pop()!;
    let place = fields;
    for (const step of path) {
      const inner = Object.hasOwn(place, step) ? place[step] : undefined;
      place = isObject(inner) ? inner : (place[step] = {});
    }
    place[last] = value;
  }
  return fields;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
