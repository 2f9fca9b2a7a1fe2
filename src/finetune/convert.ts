import { loadModel, shippedModels, weightsDirectory } from "../transformer/load.ts";
import { writeGguf } from "../transformer/gguf.ts";
import { writeWhole } from "./write-whole.ts";

/**
 * Writes a model directory as one GGUF file, whole or not at all.
 * @param name a directory, or `builtin:main`, `builtin:base`, `builtin:DIR`
 * @throws CotError `usage` where it is no model directory, or the file cannot be opened; `output`
 */
export async function convertModel(name: string, path: string): Promise<{ bytes: number }> {
  const directory = modelDirectory(name.replace(/^builtin:/, ""), name.startsWith("builtin:"));
  // says precisely what is missing, damaged or does not fit
  await loadModel(directory);
  const gguf = await writeGguf(directory);
  await writeWhole(path, gguf);
  return { bytes: gguf.length };
}

/** Where a built-in model's files are. @param shipped whether `main`, `base` and `small` are the shipped ones */
export function modelDirectory(name: string, shipped = true): string {
  const found = shippedModels.find((each) => each === name);
  return shipped && found !== undefined ? weightsDirectory(found) : name;
}
