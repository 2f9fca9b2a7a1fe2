import { join } from "node:path";

import { usageError } from "../../errors.ts";
import type { Files } from "../../files.ts";
import type { Lesson, TraceStyle } from "../formats/format.ts";
import { formats, type FormatName } from "../formats/index.ts";
import { parts, type Part } from "../select/split.ts";
import { openJsonlFile, type JsonlFile } from "./jsonl-file.ts";
import type { Manifest } from "./manifest.ts";

/** The exported files of every format, in the making. */
export interface Exports {
  /** @returns where the lesson stands: line numbers by path; nothing for a format that has no row for it */
  add(lesson: Lesson, part: Part): Promise<Record<string, number>>;
  finish(): Promise<Manifest["exports"]>;
  discard(): Promise<void>;
}

/** @throws CotError (usage) where a format cannot hold reasoning in this style */
export function checkStyle(names: readonly FormatName[], style: TraceStyle): void {
  const unfit = names.find((name) => !formats[name].styles.includes(style));
  if (unfit === undefined) return;
  throw usageError(
    `${unfit} cannot hold reasoning in the style ${style}`,
    `It takes --trace-style ${formats[unfit].styles.join(", ")}.`,
  );
}

export async function openExports(
  folder: string,
  names: readonly FormatName[],
  style: TraceStyle,
  files: Files,
): Promise<Exports> {
  const open = names.flatMap((format) =>
    parts.map((part) => ({ format, part, path: `${format}/${part}.jsonl` })),
  );
  const opened: {
    format: FormatName;
    part: Part;
    path: string;
    file: JsonlFile;
    seen: Map<string, number>;
  }[] = [];
  for (const one of open) {
    opened.push({ ...one, file: await openJsonlFile(join(folder, one.path), files), seen: new Map() });
  }
  return {
    async add(lesson, part) {
      const rows: Record<string, number> = {};
      for (const { format, path, file, seen } of opened.filter((one) => one.part === part)) {
        const row = formats[format].write(lesson, style);
        if (row === undefined) continue;
        // without their reasoning two traces of a question are one row
        const text = JSON.stringify(row);
        const line = seen.get(text) ?? (await file.add(validRow(format, row)));
        if (style === "none") seen.set(text, line);
        rows[path] = line;
      }
      return rows;
    },
    async finish() {
      const exports: Manifest["exports"] = names.map((format) => ({
        format,
        readers: formats[format].readers,
        files: [],
      }));
      for (const { format, part, path, file } of opened) {
        const sha256 = await file.finish();
        exports.find((one) => one.format === format)!.files.push({ part, path, rows: file.rows, sha256 });
      }
      return exports;
    },
    async discard() {
      for (const { file } of opened) await file.discard();
    },
  };
}

/** Every row is held against the rules of those that read it, before it is written: a bug of ours would stop here. */
function validRow(format: FormatName, row: Record<string, unknown>): Record<string, unknown> {
  const checked = formats[format].schema.safeParse(row);
  if (checked.success) return row;
  throw new Error(`a trace makes no row of ${format}: ${checked.error.message}`);
}
