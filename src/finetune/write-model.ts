import { join } from "node:path";
import { writeSafetensors, type Tensors } from "../transformer/safetensors.ts";
import type { Start } from "./start.ts";
import { writeWhole } from "./write-whole.ts";

/** Writes a model directory in Hugging Face's layout: what was trained, and the files it came with. */
export async function writeModel(directory: string, { files }: Start, tensors: Tensors): Promise<void> {
  for (const [name, text] of Object.entries(files)) await writeWhole(join(directory, name), text);
  await writeWhole(join(directory, "model.safetensors"), writeSafetensors(tensors, "F16"));
}
