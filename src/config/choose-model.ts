import { closest } from "../closest.ts";
import { CotError, usageError } from "../errors.ts";
import { shownUrl } from "../models/secrets.ts";
import { findProvider, type ModelSpec, parseModelSpec, providers } from "../models/providers.ts";
import type { Environment, LoadedConfig } from "./config.ts";

/** What was said about the model, on the command line. */
export interface ModelFlags {
  model?: string;
  baseUrl?: string;
  keyEnv?: string;
}

/** Which model is asked, and where. */
export interface ModelChoice {
  /** Without a name only where `GET /models` has to say it, or the preset's default holds. */
  spec: ModelSpec;
  /** A base URL of the user's own. */
  baseUrl?: string;
  /** What decided: for `--verbose` and `cot doctor`. */
  decidedBy: string;
}

/**
 * Which model is asked. In this order: flag, COT_MODEL, config; then, where no provider is named, the base URL of
 * the flag or OPENAI_BASE_URL; then the first preset with a key.
 * @returns undefined where nothing says
 * @throws CotError: `usage` for a base URL that is none, `key` for a bare name that no provider with a key can take
 */
export function chooseModel(
  flags: ModelFlags,
  loaded: LoadedConfig,
  env: Environment,
): ModelChoice | undefined {
  const named = nameOf(flags, loaded, env);
  if (flags.baseUrl !== undefined) {
    const spec = named === undefined ? { provider: null } : parseModelSpec(named.text, true);
    return { spec, baseUrl: checkedUrl(flags.baseUrl, "--base-url"), decidedBy: "--base-url" };
  }
  const spec = named === undefined ? undefined : parseModelSpec(resolveAlias(named.text, loaded), false);
  if (spec !== undefined && spec.provider !== null) return { spec, decidedBy: named!.decidedBy };
  if (env.OPENAI_BASE_URL) {
    const baseUrl = checkedUrl(env.OPENAI_BASE_URL, "OPENAI_BASE_URL");
    return { spec: spec ?? { provider: null }, baseUrl, decidedBy: "OPENAI_BASE_URL" };
  }
  const keyed = providers.find((provider) => hasKey(provider.name, loaded, env));
  if (keyed !== undefined) {
    const decidedBy = named?.decidedBy ?? `the key of ${keyed.title}`;
    return { spec: { ...spec, provider: keyed.name }, decidedBy };
  }
  if (spec === undefined) return undefined;
  throw nowhere(spec.model ?? "");
}

function nowhere(name: string): CotError {
  const [before = "", ...rest] = name.split(":");
  const meant =
    rest.length === 0 ? undefined : closest(before, ["builtin", ...providers.map((one) => one.name)]);
  const hint =
    meant === undefined
      ? `Name one (-m ollama:${name}, -m openai:${name}) or an endpoint (--base-url URL);`
      : `Did you mean ${meant}:${rest.join(":")}?`;
  return new CotError(
    "key",
    `nothing says where the model "${name}" is: no provider is named, and no key is set`,
    { hint: `${hint} cot models --providers lists them, and -m builtin needs none.` },
  );
}

function nameOf(flags: ModelFlags, { path, config }: LoadedConfig, env: Environment) {
  if (flags.model !== undefined) return { text: flags.model, decidedBy: "--model" };
  if (env.COT_MODEL) return { text: env.COT_MODEL, decidedBy: "COT_MODEL" };
  if (config.model !== undefined) return { text: config.model, decidedBy: path };
  return undefined;
}

function resolveAlias(text: string, { config }: LoadedConfig): string {
  const aliases = config.models ?? {};
  return Object.hasOwn(aliases, text) ? aliases[text]! : text;
}

function hasKey(provider: string, { config }: LoadedConfig, env: Environment): boolean {
  const variable = findProvider(provider)?.keyVariable;
  if (variable !== undefined && env[variable]?.trim()) return true;
  const source = config.keys?.[provider];
  return source !== undefined && (!("env" in source) || Boolean(env[source.env]?.trim()));
}

function checkedUrl(text: string, where: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    throw usageError(
      `${where} takes an http or https address, not "${shownUrl(text)}"`,
      "For example http://localhost:8080/v1",
    );
  }
  return text;
}
