import { setMaxListeners } from "node:events";

import { presetOf } from "../config/choose-key.ts";
import { chooseModel, type ModelChoice } from "../config/choose-model.ts";
import { type LoadedConfig, loadConfig } from "../config/config.ts";
import { CotError } from "../errors.ts";
import type { Model } from "../models/model.ts";
import type { ModelSpec } from "../models/providers.ts";
import { shownUrl } from "../models/secrets.ts";
import type { ModelSettings } from "../models/settings.ts";
import type { Terminal } from "../output/terminal/terminal.ts";
import { addCache, type EndpointFlags, endpointSettings } from "./endpoint-settings.ts";
import { firstModel } from "./first-model.ts";
import { type Notes, notesOf } from "./notes.ts";

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

export interface OpenedModel extends ResolvedModel {
  model: Model;
  /** Sends nothing more: what waits for its turn is turned away, what is in flight may end. Absent where nothing waits. */
  halt?(reason: CotError): void;
  /** Lets go of the cache; after the last request. */
  close(): Promise<void>;
}

/**
 * Which model is asked, where, and with which key; sends nothing but `GET /models`, and that only where an endpoint
 * has to say what it has. For a second model (a teacher, a comparison) pass the flags with another `model`.
 * @throws CotError: `key` where no model or no key is found, `usage` where flags or config are wrong
 */
export async function resolveModel(
  flags: EndpointFlags,
  terminal: Terminal,
  { fallback = false, dry = false }: ResolveOptions = {},
): Promise<ResolvedModel> {
  const notes = notesOf(terminal, flags);
  const loaded = await loadConfig(terminal.env, flags.config);
  const chosen = chooseModel(flags, loaded, terminal.env);
  const choice = chosen ?? fallbackChoice(fallback, notes);
  const settings = await endpointSettings(choice, flags, loaded, terminal, dry);
  const spec = await namedSpec(choice, settings, terminal, dry, notes);
  notes.detail(`model ${spec.model ?? "main"} at ${whereOf(choice, spec.provider)}, by ${choice.decidedBy}`);
  addPrice(settings, spec, loaded);
  return { spec, settings };
}

/** `resolveModel`, opened. */
export async function openChosenModel(
  flags: EndpointFlags,
  terminal: Terminal,
  options: ResolveOptions = {},
): Promise<OpenedModel> {
  const { spec, settings } = await resolveModel(flags, terminal, options);
  const halted = new AbortController();
  settings.stop = AbortSignal.any([terminal.signal, halted.signal]);
  // every request that waits listens
  setMaxListeners(0, settings.stop);
  const cache = await addCache(settings, flags, terminal);
  const { openModel } = await import("../models/open.ts");
  return {
    spec,
    settings,
    model: await openModel(spec, settings),
    halt: (reason) => halted.abort(reason),
    close: async () => cache?.close(),
  };
}

function fallbackChoice(allowed: boolean, { note }: Notes): ModelChoice {
  if (!allowed) {
    throw new CotError("key", "no model is chosen, and no key is set", {
      hint: "Name one: -m openai:NAME, -m ollama:NAME, -m builtin (which needs neither key nor network), or --base-url URL.",
    });
  }
  note(
    "no model is chosen: builtin answers, the small built-in model, which only does arithmetic; " +
      "-m provider:name, --base-url or a key such as OPENAI_API_KEY asks a real one (cot doctor helps)",
  );
  return { spec: { provider: "builtin" }, decidedBy: "the fallback" };
}

/** Fills in the model's name: the preset's default, else the one model that the endpoint has. */
async function namedSpec(
  choice: ModelChoice,
  settings: ModelSettings,
  { signal }: Terminal,
  dry: boolean,
  { note }: Notes,
): Promise<ModelSpec> {
  const { spec } = choice;
  if (spec.model !== undefined || spec.provider === "builtin") return spec;
  const preset = presetOf(choice);
  if (preset?.defaultModel !== undefined && choice.baseUrl === undefined) {
    return { ...spec, model: preset.defaultModel };
  }
  if (dry) {
    throw new CotError("key", "no model is chosen, and a dry run asks no endpoint for its models", {
      hint: "Name one with -m.",
    });
  }
  const { listModels } = await import("../models/list.ts");
  const models = await listModels(spec, settings, signal);
  const [only] = models;
  if (only !== undefined && models.length === 1) {
    note(`model ${only}, the only one there`);
    return { ...spec, model: only };
  }
  const where = preset?.title ?? whereOf(choice, "the endpoint");
  const prefix = spec.provider === null ? "" : `${spec.provider}:`;
  throw new CotError(
    "key",
    `no model is chosen, and ${where} has ${only === undefined ? "none" : "several"}`,
    {
      hint:
        only === undefined
          ? firstModel(spec.provider)
          : `Choose with -m: ${models.map((model) => prefix + model).join(", ")}`,
    },
  );
}

function whereOf({ baseUrl }: ModelChoice, otherwise: string | null): string {
  return baseUrl === undefined ? (otherwise ?? "") : shownUrl(baseUrl);
}

function addPrice(settings: ModelSettings, { model }: ModelSpec, { config }: LoadedConfig): void {
  const price = config.prices?.[model ?? ""];
  if (price === undefined) return;
  const { input, output, cached_input: cachedInput } = price;
  settings.price = { input, output, ...(cachedInput === undefined ? {} : { cachedInput }) };
}
