import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

import { usageError } from "./errors.ts";
import { pathProblem } from "./path-problem.ts";

/**
 * `mkdir -p`, one level at a time: Node's own `recursive: true` never comes back where the system says "no such file" of
 * a directory whose parent is there, as it does below /proc.
 * @param mode of each directory that is made; default 0o777, less the umask
 * @throws CotError (usage) where one of them cannot be made
 */
export async function makeDirectory(path: string, mode?: number): Promise<void> {
  try {
    await makeLevels(path, mode);
  } catch (error) {
    const why = codeOf(error) === "ENOENT" ? "the system makes none there" : pathProblem(error, "write");
    throw usageError(`cannot make the directory ${path}: ${why}`, "Name another one (-o, --cache-dir).");
  }
}

async function makeLevels(path: string, mode: number | undefined): Promise<void> {
  try {
    await makeOne(path, mode);
  } catch (error) {
    const parent = dirname(path);
    if (codeOf(error) !== "ENOENT" || parent === path) throw error;
    await makeLevels(parent, mode);
    await makeOne(path, mode);
  }
}

async function makeOne(path: string, mode: number | undefined): Promise<void> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    const isThere = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isThere) throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
