import type { Metafile } from "esbuild";

/** What loads together, by the sources whose import starts it; each pack is one file and one read. */
const packs: Record<string, string[]> = {
  cli: ["src/cli.ts", "src/commands/help.ts"],
  parse: ["src/commands/parse.ts"],
  ask: [
    "src/commands/ask.ts",
    "src/commands/ask/run.ts",
    "src/commands/ask/one.ts",
    "src/models/middleware/concurrency.ts",
    "src/models/open.ts",
    "src/models/openai.ts",
    "node_modules/openai/client.mjs",
  ],
  batch: ["src/commands/batch.ts", "src/commands/batch/run.ts", "src/models/middleware/cache.ts"],
  grading: ["src/grading/equal.ts", "src/grading/steps.ts"],
  builtin: ["src/models/builtin.ts"],
};

/**
 * Sorts chunks into packs: a chunk goes with the first one that needs it, and what none needs stays alone.
 * @param folder where the chunks are, as the metafile names it
 * @returns the pack of each chunk, both by their names in `folder`
 */
export function packsOf({ outputs }: Metafile, folder: string): Map<string, string> {
  const found = new Map<string, string>();
  const nameOf = (path: string) => path.slice(folder.length + 1);
  const visit = (path: string, pack: string): void => {
    if (found.has(nameOf(path))) return;
    found.set(nameOf(path), pack);
    for (const { path: needed, kind } of outputs[path]!.imports)
      if (kind === "import-statement" && needed in outputs) visit(needed, pack);
  };
  for (const [pack, sources] of Object.entries(packs)) {
    for (const source of sources) {
      const start = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint?.endsWith(source));
      if (start === undefined)
        throw new Error(`${source}, which the pack ${pack} names, is imported nowhere`);
      visit(start[0], pack);
    }
  }
  for (const path of Object.keys(outputs))
    if (!found.has(nameOf(path))) found.set(nameOf(path), nameOf(path).replace(/\.js$/, ""));
  return found;
}
