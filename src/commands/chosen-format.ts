import { extname } from "node:path";

import { usageError } from "../errors.ts";
import type { FormatName } from "../output/formats/format.ts";

export interface FormatFlags {
  format?: FormatName;
  answer?: boolean;
  json?: boolean;
  output?: string;
}

/** What a file's name says of its form. */
const byExtension: Readonly<Record<string, FormatName>> = {
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
  ".csv": "csv",
};

/**
 * The form that the flags ask for, else that of the output file's name, else `otherwise`.
 * @throws CotError (usage) where they ask for two
 */
export function chosenFormat(
  { format, answer, json, output }: FormatFlags,
  otherwise: FormatName,
): FormatName {
  const asked: [string, FormatName][] = [];
  if (format !== undefined) asked.push([`--format ${format}`, format]);
  if (answer) asked.push(["--answer", "answer"]);
  if (json) asked.push(["--json", "jsonl"]);
  const [first, second] = asked.filter(([, name], i) => asked.findIndex((other) => other[1] === name) === i);
  if (first !== undefined && second !== undefined)
    throw usageError(`${first[0]} and ${second[0]} exclude each other`);
  return first?.[1] ?? byExtension[extname(output ?? "").toLowerCase()] ?? otherwise;
}
