import type { Answered } from "../../distill/examine.ts";
import { foundRow } from "../../distill/found-row.ts";
import type { Origin } from "../../distill/origin.ts";
import { answerRow } from "../../eval/answers.ts";
import { usageError } from "../../errors.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { placeName, recordsOf, recordsOfBytes } from "../../questions/records.ts";
import { selector } from "../../questions/select.ts";
import { notesOf } from "../notes.ts";
import { readOptions } from "../read-options.ts";
import type { DistillSettings } from "./settings.ts";

type Row = Record<string, unknown>;

/**
 * `--from`: reads samples that are there already. Rows of one question are its samples.
 * @throws CotError (usage) with file, place and field, where `--skip-bad` is not set
 */
export async function readTraces(
  path: string,
  settings: DistillSettings,
  terminal: Pick<Terminal, "stdin" | "stderr">,
): Promise<Answered[]> {
  const { note } = notesOf(terminal, settings);
  const name = path === "-" ? "stdin" : path;
  const records = path === "-" ? recordsOfBytes(terminal.stdin, name) : recordsOf(path, note);
  const byKey = new Map<string, Answered & { origin: Origin[] }>();
  let bad = 0;
  for await (const { fields, ...record } of records) {
    const at = `${name}, ${placeName(record)}`;
    const found = fields === undefined ? { bad: record.bad ?? "cannot be read" } : foundRow(fields, settings);
    if ("bad" in found) {
      const message = `${at}: ${found.bad}`;
      if (settings.skipBad !== true) throw usageError(message, "--skip-bad goes on without such rows.");
      if (++bad === 1) note(`left out: ${message}`);
      continue;
    }
    const { key, question, samples } = answerRow(found.row, record.record ?? record.line, at, false);
    // one file's ids may be another's line numbers, so the text has to agree
    const place = `${key}\0${question.question}`;
    const before = byKey.get(place) ?? { question, origin: [], samples: [] };
    const more = samples.map((sample, i) => ({ ...sample, index: before.samples.length + i }));
    const origin = originOf(found.row);
    byKey.set(place, {
      ...before,
      samples: [...before.samples, ...more],
      origin: [...before.origin, ...more.map(() => origin)],
    });
  }
  if (bad > 1) note(`${name}: ${bad} bad rows left out in all`);
  if (byKey.size === 0) throw usageError(`${name} holds no traces`);
  const select = selector(readOptions(settings, note), byKey.size);
  return [...byKey.values()].filter(({ question }) => select(question) === "take");
}

function originOf(row: Row): Origin {
  const text = (name: string): string | undefined => {
    const value = row[name];
    return typeof value === "string" ? value : undefined;
  };
  return {
    model: text("model") ?? "unknown",
    endpoint: text("endpoint") ?? "unknown",
    prompt: text("prompt") ?? "unknown",
    policy: text("policy") ?? null,
  };
}
