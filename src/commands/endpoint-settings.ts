import { chooseKey } from "../config/choose-key.ts";
import type { ModelChoice } from "../config/choose-model.ts";
import { cacheDirectory, type LoadedConfig } from "../config/config.ts";
import { CotError } from "../errors.ts";
import type { Budget, Caps } from "../models/middleware/budget.ts";
import { fixedConcurrency } from "../models/middleware/concurrency-fixed.ts";
import type { ModelSettings } from "../models/settings.ts";
import type { Terminal } from "../output/terminal/terminal.ts";
import type { SettingsOf } from "./flags/flag.ts";
import type { endpointFlags, generalFlags, limitFlags } from "./flags/model.ts";
import { notesOf } from "./notes.ts";

/** What the flags of an endpoint and its limits said. */
export type EndpointFlags = SettingsOf<
  (typeof endpointFlags)["flags"] & (typeof limitFlags)["flags"] & (typeof generalFlags)["flags"]
> & {
  /** The account of a command that asks several models, in place of one of each. */
  budget?: Budget | undefined;
};

/**
 * Everything that opening the chosen model needs, but its name.
 * @param dry nothing will be sent, so no key is needed
 * @throws CotError: `key` where one is needed and missing
 */
export async function endpointSettings(
  choice: ModelChoice,
  flags: EndpointFlags,
  loaded: LoadedConfig,
  terminal: Terminal,
  dry = false,
): Promise<ModelSettings> {
  const { env, random, signal } = terminal;
  const key = await chooseKey(choice, flags.keyEnv, loaded, env, signal).catch((error: unknown) => {
    if (dry && error instanceof CotError && error.code === "key") return undefined;
    throw error;
  });
  const { timeout, retries, rpm, tpm, header } = flags;
  const settings: ModelSettings = {
    environment: env,
    random,
    stop: signal,
    onNotice: notesOf(terminal, flags).note,
    ...(key === undefined ? {} : { key }),
    ...(choice.baseUrl === undefined ? {} : { baseUrl: choice.baseUrl }),
    ...(timeout === undefined ? {} : { timeoutMs: timeout * 1000 }),
    ...(retries === undefined ? {} : { retries }),
    ...(rpm === undefined ? {} : { rpm }),
    ...(tpm === undefined ? {} : { tpm }),
  };
  if (header !== undefined) {
    settings.headers = Object.fromEntries(header.map(({ name, value }) => [name, String(value)]));
  }
  await addLimits(settings, flags, terminal);
  return settings;
}

/** Concurrency and budget: loaded where they are used. */
async function addLimits(settings: ModelSettings, flags: EndpointFlags, { now }: Terminal): Promise<void> {
  const concurrency = flags.concurrency ?? "auto";
  settings.concurrency = concurrency;
  if (concurrency === "auto") {
    const { autoConcurrency } = await import("../models/middleware/concurrency.ts");
    settings.concurrencyLaw = autoConcurrency();
  } else {
    settings.concurrencyLaw = fixedConcurrency(concurrency, now);
  }
  const account = flags.budget ?? (await openAccount(flags));
  if (account !== undefined) settings.budget = account;
}

/** What the caps allow to be spent; undefined without one. */
export async function openAccount(flags: EndpointFlags): Promise<Budget | undefined> {
  const caps: Caps = {};
  if (flags.maxCost !== undefined) caps.maxCost = flags.maxCost;
  if (flags.maxTokensTotal !== undefined) caps.maxTokensTotal = flags.maxTokensTotal;
  if (flags.maxRequests !== undefined) caps.maxRequests = flags.maxRequests;
  if (Object.keys(caps).length === 0) return undefined;
  const { openBudget } = await import("../models/middleware/budget.ts");
  return openBudget(caps);
}

/** `--cache`: puts the store that runs share in front of the model. */
export async function addCache(
  settings: ModelSettings,
  { cache, cacheDir }: Pick<EndpointFlags, "cache" | "cacheDir">,
  { env }: Pick<Terminal, "env">,
): Promise<{ close(): Promise<void> } | undefined> {
  if (cache !== true && cacheDir === undefined) return undefined;
  const [{ openCacheDirectory }, { cache: caching }] = await Promise.all([
    import("../models/cache-directory.ts"),
    import("../models/middleware/cache.ts"),
  ]);
  const store = await openCacheDirectory(cacheDir ?? cacheDirectory(env));
  settings.cache = caching(store);
  return store;
}
