import { readFile, rename, writeFile } from "node:fs/promises";
import { readMetadata, readSafetensors, writeSafetensors, type Tensors } from "../safetensors.ts";
import type { AdamState } from "./adam.ts";

/** All that a run needs to go on as if it had never stopped. */
export interface Checkpoint<State> {
  tensors: Tensors;
  adam: AdamState;
  /** Where the run is: counters that its data follow from, so that no random source has to be kept. */
  state: State;
}

/** Writes one file, whole or not at all. */
export async function writeCheckpoint<State>(
  path: string,
  { tensors, adam, state }: Checkpoint<State>,
): Promise<void> {
  const all: Tensors = new Map();
  for (const [group, members] of Object.entries({ weights: tensors, first: adam.first, second: adam.second }))
    for (const [name, tensor] of members) all.set(`${group}/${name}`, tensor);
  const metadata = { state: JSON.stringify(state), adam_step: String(adam.step) };
  await writeFile(`${path}.partial`, writeSafetensors(all, "F32", metadata));
  await rename(`${path}.partial`, path);
}

/** @throws CotError `usage` where the file is damaged */
export async function readCheckpoint<State>(path: string): Promise<Checkpoint<State>> {
  const bytes = await readFile(path);
  const metadata = readMetadata(bytes, path);
  const groups: Record<string, Tensors> = { weights: new Map(), first: new Map(), second: new Map() };
  for (const [key, tensor] of readSafetensors(bytes, path)) {
    const slash = key.indexOf("/");
    groups[key.slice(0, slash)]?.set(key.slice(slash + 1), tensor);
  }
  const { weights, first, second } = groups as Record<"weights" | "first" | "second", Tensors>;
  return {
    tensors: weights,
    adam: { step: Number(metadata["adam_step"]), first, second },
    state: JSON.parse(metadata["state"] ?? "null") as State,
  };
}
