import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { usageError } from "../errors.ts";
import { pathProblem } from "../path-problem.ts";
import type { Config } from "./schema.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** A config and where it stands: `key` checks who may read it. */
export interface LoadedConfig {
  path: string;
  config: Config;
}

/** `$XDG_CONFIG_HOME/cot/config.json`. */
export function defaultConfigPath(env: Environment): string {
  return join(env.XDG_CONFIG_HOME || join(env.HOME || homedir(), ".config"), "cot", "config.json");
}

/** `$XDG_CACHE_HOME/cot`. */
export function cacheDirectory(env: Environment): string {
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), ".cache"), "cot");
}

/**
 * Reads the config file. Without one at the usual place the config is empty; one that was named has to be there.
 * @throws CotError (usage) with path and field
 */
export async function loadConfig(env: Environment, path?: string): Promise<LoadedConfig> {
  const where = path ?? defaultConfigPath(env);
  let text: string;
  try {
    // `node:fs/promises` takes longer to load than this small file to read
    text = readFileSync(where, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (path === undefined && (code === "ENOENT" || code === "ENOTDIR")) return { path: where, config: {} };
    throw usageError(`the config ${where} cannot be read: ${pathProblem(error, "read")}`);
  }
  const { parseConfig } = await import("./schema.ts");
  return { path: where, config: parseConfig(text, where) };
}
