import { chooseKey, presetOf } from "../config/choose-key.ts";
import { chooseModel, type ModelChoice } from "../config/choose-model.ts";
import { type LoadedConfig, loadConfig } from "../config/config.ts";
import { CotError, usageError } from "../errors.ts";
import type { Model } from "../models/model.ts";
import type { ModelSpec } from "../models/providers.ts";
import type { ModelSettings } from "../models/settings.ts";
import type { Terminal } from "../output/terminal/terminal.ts";
import type { GroupSettings } from "./flags/flag.ts";
import type { endpointFlags, generalFlags, limitFlags } from "./flags/model.ts";
import { notesOf } from "./notes.ts";

/** What the flags of an endpoint and its limits said. */
export type EndpointSettings = GroupSettings<
  readonly [typeof endpointFlags, typeof limitFlags, typeof generalFlags]
>;

export interface ResolveOptions {
  /** `cot ask` alone falls back to the built-in model where nothing names one. */
  fallback?: boolean;
  /** Nothing is sent, so no key is needed and no endpoint is asked for its models. */
  dry?: boolean;
}

/** A model as named, and everything that opening it needs. */
export interface ResolvedModel {
  spec: ModelSpec;
  settings: ModelSettings;
}

/**
 * Which model is asked, where, and with which key; sends nothing but `GET /models`, and that only where an endpoint
 * has to say what it has.
 * @throws CotError: `key` where no model or no key is found, `usage` where flags or config are wrong
 */
export async function resolveModel(
  flags: EndpointSettings,
  terminal: Terminal,
  options: ResolveOptions = {},
): Promise<ResolvedModel> {
  const notes = notesOf(terminal, flags);
  const loaded = await loadConfig(terminal.env, flags.config);
  const choice = chooseModel(flags, loaded, terminal.env) ?? fallback(options.fallback === true, notes.note);
  const settings = await modelSettings(choice, flags, loaded, terminal, options);
  const spec = await namedSpec(choice, settings, terminal, options, notes.note);
  notes.detail(`model ${spec.provider ?? choice.baseUrl ?? ""}:${spec.model ?? ""} (${choice.decidedBy})`);
  const price = loaded.config.prices?.[spec.model ?? ""];
  if (price !== undefined) {
    const { input, output, cached_input: cachedInput } = price;
    settings.price = { input, output, ...(cachedInput === undefined ? {} : { cachedInput }) };
  }
  return { spec, settings };
}

/** `resolveModel`, opened. */
export async function openChosenModel(
  flags: EndpointSettings,
  terminal: Terminal,
  options: ResolveOptions = {},
): Promise<ResolvedModel & { model: Model }> {
  const resolved = await resolveModel(flags, terminal, options);
  const { openModel } = await import("../models/open.ts");
  return { ...resolved, model: await openModel(resolved.spec, resolved.settings) };
}

function fallback(allowed: boolean, note: (text: string) => void): ModelChoice {
  if (!allowed) {
    throw new CotError("key", "no model is chosen, and no key is set", {
      hint: "Name one with -m (openai:NAME, ollama:NAME, or builtin, which needs neither key nor network), or --base-url.",
    });
  }
  note(
    "no model is chosen: the small built-in one answers, which only does arithmetic; " +
      "-m provider:name, --base-url or a key such as OPENAI_API_KEY asks a real one (cot doctor helps)",
  );
  return { spec: { provider: "builtin" }, decidedBy: "the fallback" };
}

async function modelSettings(
  choice: ModelChoice,
  flags: EndpointSettings,
  loaded: LoadedConfig,
  terminal: Terminal,
  { dry = false }: ResolveOptions,
): Promise<ModelSettings> {
  const { note } = notesOf(terminal, flags);
  const settings: ModelSettings = { environment: terminal.env, onNotice: note, random: terminal.random };
  const key = await chooseKey(choice, flags.keyEnv, loaded, terminal.env).catch((error: unknown) => {
    if (dry && error instanceof CotError && error.code === "key") return undefined;
    throw error;
  });
  if (key !== undefined) settings.key = key;
  if (choice.baseUrl !== undefined) settings.baseUrl = choice.baseUrl;
  if (flags.header !== undefined) {
    settings.headers = Object.fromEntries(flags.header.map(({ name, value }) => [name, String(value)]));
  }
  if (flags.timeout !== undefined) settings.timeoutMs = flags.timeout * 1000;
  if (flags.retries !== undefined) settings.retries = flags.retries;
  if (flags.rpm !== undefined) settings.rpm = flags.rpm;
  if (flags.tpm !== undefined) settings.tpm = flags.tpm;
  settings.concurrency = flags.concurrency ?? "auto";
  if (settings.concurrency === "auto") {
    const { autoConcurrency } = await import("../models/middleware/concurrency.ts");
    settings.concurrencyLaw = autoConcurrency();
  }
  const { maxCost, maxTokensTotal, maxRequests } = flags;
  if (maxCost !== undefined || maxTokensTotal !== undefined || maxRequests !== undefined) {
    const { openBudget } = await import("../models/middleware/budget.ts");
    settings.budget = openBudget({
      ...(maxCost === undefined ? {} : { maxCost }),
      ...(maxTokensTotal === undefined ? {} : { maxTokensTotal }),
      ...(maxRequests === undefined ? {} : { maxRequests }),
    });
  }
  return settings;
}

/** Fills in the model's name: the preset's default, else the one model that the endpoint has. */
async function namedSpec(
  choice: ModelChoice,
  settings: ModelSettings,
  terminal: Terminal,
  { dry = false }: ResolveOptions,
  note: (text: string) => void,
): Promise<ModelSpec> {
  const { spec } = choice;
  if (spec.model !== undefined || spec.provider === "builtin") return spec;
  const preset = presetOf(choice);
  if (preset?.defaultModel !== undefined && choice.baseUrl === undefined)
    return { ...spec, model: preset.defaultModel };
  if (dry) throw usageError("a dry run asks no endpoint for its models: name one with -m");
  const { listModels } = await import("../models/list.ts");
  const models = await listModels(spec, settings, terminal.signal);
  const [only] = models;
  if (only === undefined || models.length > 1) {
    const where = preset?.title ?? settings.baseUrl ?? "the endpoint";
    throw new CotError(
      "key",
      `no model is chosen, and ${where} has ${models.length === 0 ? "none" : "several"}`,
      {
        hint: only === undefined ? "Name one with -m." : `Choose with -m: ${models.join(", ")}`,
      },
    );
  }
  note(`model ${only}, the only one there`);
  return { ...spec, model: only };
}
