import { stat } from "node:fs/promises";

import { CotError, usageError } from "../errors.ts";
import type { Environment, LoadedConfig } from "./config.ts";
import type { KeySource } from "./schema.ts";

/**
 * The key that a source of the config gives.
 * @returns undefined where it names a variable that is not set
 * @param signal ends a command that is still at it
 * @throws CotError: `usage` where the key stands in a file that others can read, `key` where its command fails
 */
export async function readKey(
  source: KeySource,
  name: string,
  { path }: LoadedConfig,
  env: Environment,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if ("env" in source) return env[source.env]?.trim() || undefined;
  if ("command" in source)
    return runKeyCommand(source.command, `keys.${name}.command of ${path}`, env, signal);
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0 && !isWindows(env)) {
    throw usageError(
      `the config ${path} holds a key (keys.${name}.value), and others can read it`,
      `chmod 600 ${path}, or use {"command": "…"} with a password manager.`,
    );
  }
  return source.value;
}

/** What a password manager prints: its first line. It may ask on the terminal, so stdin and stderr stay connected. */
async function runKeyCommand(
  command: string,
  where: string,
  env: Environment,
  signal?: AbortSignal,
): Promise<string> {
  const { spawn } = await import("node:child_process");
  const child = spawn("sh", ["-c", command], {
    stdio: ["inherit", "pipe", "inherit"],
    env: { ...env },
    ...(signal && { signal }),
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw new CotError("key", `${where} cannot be run: ${(error as Error).message}`, { cause: error });
  });
  // Ctrl-C reaches the command as well
  signal?.throwIfAborted();
  const [key = ""] = output.split("\n");
  if (code !== 0) throw new CotError("key", `${where} failed with exit code ${code ?? "none"}`);
  if (key.trim() === "") throw new CotError("key", `${where} printed no key`);
  return key.trim();
}

/** Windows has no such modes: every file there looks readable by all. */
function isWindows(env: Environment): boolean {
  return env.OS === "Windows_NT";
}
