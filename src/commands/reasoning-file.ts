import { open } from "node:fs/promises";

import { CotError, usageError } from "../errors.ts";
import { safeText } from "../output/terminal/safe.ts";
import { pathProblem } from "../path-problem.ts";
import type { Result } from "../reasoning/result.ts";

/** `--reasoning-to`: the reasoning of each result, as text. */
export interface ReasoningFile {
  /** @param several whether the question stands above */
  add(result: Result, several: boolean): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the file, empty.
 * @throws CotError: `usage` where it cannot be opened; later `output` where it cannot be written
 */
export async function openReasoningFile(path: string | undefined): Promise<ReasoningFile | undefined> {
  if (path === undefined) return undefined;
  const file = await open(path, "w").catch((error: unknown) => {
    throw usageError(`--reasoning-to ${path} cannot be opened: ${pathProblem(error, "write")}`);
  });
  let first = true;
  return {
    async add({ question, reasoning }, several) {
      const heading = several ? `${first ? "" : "\n"}Question: ${safeText(question.question)}\n` : "";
      first = false;
      await file.write(`${heading}${safeText(reasoning ?? "").trim()}\n`).catch((error: unknown) => {
        throw new CotError("output", `cannot write ${path}: ${pathProblem(error, "write")}`, {
          cause: error,
        });
      });
    },
    close: () => file.close(),
  };
}
