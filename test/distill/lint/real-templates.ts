import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createContext, runInContext } from "node:vm";

interface Entry {
  model: string;
  gguf: string;
}

/** The chat templates of real models, as `@huggingface/ollama-utils` carries them, by the name of one such model. */
export function realTemplate(model: string, containing = ""): string {
  const entry = templates().find((one) => one.model === `library/${model}` && one.gguf.includes(containing));
  if (!entry) throw new Error(`the package holds no template of ${model}`);
  return entry.gguf;
}

let loaded: Entry[] | undefined;

function templates(): Entry[] {
  if (loaded) return loaded;
  const main = createRequire(import.meta.url).resolve("@huggingface/ollama-utils");
  const source = readFileSync(join(dirname(main), "..", "src", "chat-template-automap.ts"), "utf8");
  const context = createContext({}) as { table?: Entry[] };
  runInContext(
    source.replace(/^import.*$/gm, "").replace(/export const \w+[^=]*=/, "globalThis.table ="),
    context,
  );
  return (loaded = context.table!);
}
