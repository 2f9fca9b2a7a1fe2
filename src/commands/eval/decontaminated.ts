import { readFile } from "node:fs/promises";

import { shownCleanOf, trainedCleanOf, type CleanedOf } from "../../finetune/examples/decontaminated.ts";
import { parseObject } from "../../jsonl.ts";
import { fileHash } from "../file-hash.ts";
import type { Compared } from "./compared.ts";

/**
 * Says which of the settings learned from data that was not decontaminated against this file: what they earn on it may
 * be memory. Known of models that `cot finetune --method supervised` trained, and of policies of `cot distill`.
 */
export async function noteContamination(
  path: string,
  compared: readonly Compared[],
  note: (text: string) => void,
): Promise<void> {
  const learned = new Map<string, CleanedOf[]>();
  for (const { settings } of compared) {
    const { model, policy } = settings;
    const directory = model?.startsWith("builtin:") ? model.slice("builtin:".length) : undefined;
    const trained = directory === undefined ? undefined : await trainedCleanOf(directory);
    if (trained) learned.set(model!, trained);
    const shown = policy === undefined ? undefined : shownCleanOf(await provenance(policy));
    if (shown) learned.set(policy!, shown);
  }
  if (learned.size === 0) return;
  const sha256 = await fileHash(path);
  for (const [name, files] of learned) {
    if (files.some((file) => file.sha256 === sha256)) continue;
    note(
      `${name} learned from data that was not decontaminated against ${path}: what it gets right there may be memory ` +
        `(cot distill --decontaminate ${path})`,
    );
  }
}

async function provenance(policy: string): Promise<unknown> {
  const text = await readFile(policy, "utf8").catch(() => "");
  return parseObject(text)?.["provenance"];
}
