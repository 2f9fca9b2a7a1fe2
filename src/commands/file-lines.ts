import { usageError } from "../errors.ts";
import { diskFiles } from "../files.ts";
import { splitLines } from "../jsonl.ts";
import type { Terminal } from "../output/terminal/terminal.ts";
import { pathProblem } from "../path-problem.ts";

/**
 * The lines of a file, or of stdin for `-`.
 * @throws CotError (usage) where it cannot be read
 */
export async function* fileLines(path: string, { stdin }: Pick<Terminal, "stdin">): AsyncGenerator<string> {
  if (path === "-") return yield* decoded(stdin);
  // opened first: a stream's own error says neither what nor why in words
  await (await diskFiles.open(path, "read")).close();
  try {
    yield* decoded(diskFiles.read(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw usageError(`cannot read ${path}: ${pathProblem(error, "read")}`);
  }
}

async function* decoded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  for await (const { bytes } of splitLines(chunks)) yield bytes.toString("utf8");
}
