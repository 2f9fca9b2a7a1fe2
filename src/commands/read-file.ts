import { readFile } from "node:fs/promises";

import { usageError } from "../errors.ts";
import type { Input } from "../output/terminal/terminal.ts";
import { pathProblem } from "../path-problem.ts";

/**
 * A small text file that a flag names, whole.
 * @throws CotError (usage) with flag and path
 */
export async function readTextFile(path: string, flag: string): Promise<string> {
  try {
    return (await readFile(path, "utf8")).replace(/^\uFEFF/, "");
  } catch (error) {
    throw usageError(`${flag} ${path} cannot be read: ${pathProblem(error, "read")}`);
  }
}

/** All of stdin as text, without the last newline. */
export async function readStdin(stdin: Input): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stdin) text += decoder.decode(chunk, { stream: true });
  return (text + decoder.decode()).replace(/\r?\n$/, "");
}
