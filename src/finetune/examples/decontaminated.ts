import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as z from "zod";

const list = z.array(z.object({ path: z.string(), sha256: z.string() }));
const manifest = z.object({ decontaminated: list });

/** An evaluation file that training data was cleaned of. */
export type CleanedOf = z.infer<typeof list>[number];

/**
 * The evaluation files that training data was decontaminated against, by the manifest of the data set it belongs to;
 * none where there is no manifest.
 * @param data as `cot finetune` takes it: a data set's folder, or a file in one
 */
export async function cleanedOf(data: string): Promise<CleanedOf[]> {
  for (const folder of [data, dirname(data), dirname(dirname(data))]) {
    const parsed = manifest.safeParse(await readJson(join(folder, "manifest.json")));
    if (parsed.success) return parsed.data.decontaminated.map(({ path, sha256 }) => ({ path, sha256 }));
  }
  return [];
}

/** The same of a trained model's directory; undefined where nothing says what it was trained on. */
export async function trainedCleanOf(directory: string): Promise<CleanedOf[] | undefined> {
  const parsed = manifest.safeParse(await readJson(join(directory, "finetune.json")));
  return parsed.success ? parsed.data.decontaminated : undefined;
}

/** The same of a policy's provenance. */
export function shownCleanOf(provenance: unknown): CleanedOf[] | undefined {
  const parsed = manifest.safeParse(provenance);
  return parsed.success ? parsed.data.decontaminated : undefined;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as unknown;
  } catch {
    // no manifest is no news
    return undefined;
  }
}
