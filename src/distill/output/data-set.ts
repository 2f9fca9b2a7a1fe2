import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";

import { diskFiles, type Files } from "../../files.ts";
import { makeDirectory } from "../../make-directory.ts";
import type { Question } from "../../questions/question.ts";
import type { Contamination, ExaminedQuestion } from "../examine.ts";
import type { TraceStyle } from "../formats/format.ts";
import { formatNames, type FormatName } from "../formats/names.ts";
import { dataCard } from "./card.ts";
import { openExports } from "./export.ts";
import { openJsonlFile } from "./jsonl-file.ts";
import type { Manifest } from "./manifest.ts";
import { recipes } from "./recipes/recipes.ts";
import { ledgerRow, leftOutRow, traceRow } from "./rows.ts";

/**
 * The files of a data set, all derived from the journal: written beside their places, and put into them at the end,
 * the manifest last. A run that ends before leaves what an earlier one has made.
 */
export interface DataSet {
  leftOut(question: Question, contamination: Contamination): Promise<void>;
  add(examined: ExaminedQuestion): Promise<void>;
  /** @returns the manifest as it was written */
  finish(manifest: Omit<Manifest, "v" | "exports" | "hashes">, hashes: Manifest["hashes"]): Promise<Manifest>;
  discard(): Promise<void>;
}

export interface DataSetOptions {
  formats: readonly FormatName[];
  style: TraceStyle;
  files?: Files;
}

export async function openDataSet(folder: string, options: DataSetOptions): Promise<DataSet> {
  const { files = diskFiles } = options;
  for (const name of [...options.formats, "recipes"]) await makeDirectory(join(folder, name));
  const ledger = await openJsonlFile(join(folder, "ledger.jsonl"), files);
  const traces = await openJsonlFile(join(folder, "traces.jsonl"), files);
  const exports = await openExports(folder, options.formats, options.style, files);
  return {
    async leftOut(question, contamination) {
      await ledger.add(leftOutRow(question, contamination));
    },
    async add(question) {
      for (const one of question.samples) await ledger.add(ledgerRow(question, one));
      for (const { sample, against, lesson } of question.lessons) {
        const examined = question.samples.find((one) => one.sample.index === sample)!;
        const rows = await exports.add(lesson, question.part);
        await traces.add(traceRow(question, examined, rows, against));
      }
    },
    async finish(described, hashes) {
      // a manifest never stands beside files that it does not describe
      await files.remove(join(folder, "manifest.json"));
      const manifest: Manifest = { v: 1, ...described, exports: [], hashes: { ...hashes } };
      manifest.hashes["ledger.jsonl"] = await ledger.finish();
      manifest.hashes["traces.jsonl"] = await traces.finish();
      manifest.exports = await exports.finish();
      await removeStale(folder, options.formats);
      const made = recipes(manifest);
      for (const { path, content } of made) await writeWhole(join(folder, path), content, files);
      await writeWhole(join(folder, "README.md"), dataCard(manifest, made), files);
      await writeWhole(join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`, files);
      return manifest;
    },
    async discard() {
      await ledger.discard();
      await traces.discard();
      await exports.discard();
    },
  };
}

/** What an earlier run exported, and this one does not. */
async function removeStale(folder: string, exported: readonly FormatName[]): Promise<void> {
  const stale = formatNames.filter((name) => !exported.includes(name));
  for (const name of [...stale, "recipes"]) await rm(join(folder, name), { recursive: true, force: true });
  await makeDirectory(join(folder, "recipes"));
}

async function writeWhole(path: string, content: string, files: Files): Promise<void> {
  await makeDirectory(dirname(path));
  const draft = `${path}.new`;
  const file = await files.open(draft, "truncate");
  await file.append(content).finally(() => file.close());
  await files.rename(draft, path);
}
