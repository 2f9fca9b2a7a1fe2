import { CotError } from "../errors.ts";
import { findProvider, type Provider, providerAt } from "../models/providers.ts";
import type { ModelChoice } from "./choose-model.ts";
import type { Environment, LoadedConfig } from "./config.ts";
import { readKey } from "./key.ts";

/**
 * The key for the host that is asked, and for no other. `--key-env` names its variable; without it a preset's host
 * gets that preset's variable (then the config's key), and a base URL of the user's own COT_API_KEY, else
 * OPENAI_API_KEY, else none.
 * @throws CotError (key) where a key is needed and missing
 */
export async function chooseKey(
  choice: ModelChoice,
  keyEnv: string | undefined,
  loaded: LoadedConfig,
  env: Environment,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (keyEnv !== undefined) {
    const key = env[keyEnv]?.trim();
    if (!key) throw new CotError("key", `--key-env ${keyEnv}: that variable is not set`);
    return key;
  }
  if (choice.spec.provider === "builtin") return undefined;
  const preset = presetOf(choice);
  const own = await ownKey(choice, preset, loaded, env, signal);
  if (own !== undefined || preset?.keyVariable === undefined) return own;
  throw missingKey(preset, loaded);
}

async function ownKey(
  choice: ModelChoice,
  preset: Provider | undefined,
  loaded: LoadedConfig,
  env: Environment,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const variables = preset === undefined ? ["COT_API_KEY", "OPENAI_API_KEY"] : [preset.keyVariable ?? ""];
  const name = preset?.name ?? hostOf(choice.baseUrl);
  const source = loaded.config.keys?.[name];
  const fromEnvironment = variables.map((variable) => env[variable]?.trim()).find(Boolean);
  // a key that the config has for this very host is meant for it more than the general variable is
  if (preset === undefined && source !== undefined) return readKey(source, name, loaded, env, signal);
  if (fromEnvironment !== undefined) return fromEnvironment;
  return source === undefined ? undefined : readKey(source, name, loaded, env, signal);
}

/** The preset that is asked: by its name, or because the user's own base URL is on its host. */
export function presetOf({ spec, baseUrl }: ModelChoice): Provider | undefined {
  return baseUrl === undefined ? findProvider(spec.provider ?? "") : providerAt(hostOf(baseUrl));
}

function hostOf(url: string | undefined): string {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : "";
}

function missingKey({ name, title, keyVariable = "" }: Provider, { path, config }: LoadedConfig): CotError {
  const source = config.keys?.[name];
  const unset =
    source !== undefined && "env" in source
      ? `neither ${keyVariable} nor ${source.env} (keys.${name}.env of ${path}) is set`
      : `${keyVariable} is not set`;
  return new CotError("key", `${title} needs a key, and ${unset}`, {
    hint:
      `Set ${keyVariable} (or name another variable with --key-env), or put {"keys": {"${name}": {"command": "…"}}} ` +
      `into ${path}. Without a key: -m builtin, or a local server such as -m ollama:qwen3.`,
  });
}
