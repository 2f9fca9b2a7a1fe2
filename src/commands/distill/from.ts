import type { Answered } from "../../distill/examine.ts";
import { readAnswers } from "../../eval/answers.ts";
import { usageError } from "../../errors.ts";
import { parseObject } from "../../jsonl.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { fileLines } from "../file-lines.ts";
import type { DistillSettings } from "./settings.ts";

type Row = Record<string, unknown>;

/**
 * `--from`: reads samples that are there already. Rows of one question are its samples.
 * @throws CotError (usage) with file and line
 */
export async function readTraces(
  path: string,
  settings: DistillSettings,
  terminal: Pick<Terminal, "stdin">,
): Promise<Answered[]> {
  const name = path === "-" ? "stdin" : path;
  const byKey = new Map<string, Answered>();
  // the row that is read at present: what grades it does not pass on who said it
  let origin: Answered["origin"] = originOf({});
  const lines = asAnswers(fileLines(path, terminal), settings, (row) => (origin = originOf(row)));
  for await (const { line, key, question, samples } of readAnswers(lines, name, { needsGold: false })) {
    if (question.question === "") {
      throw usageError(`${name}:${line}: no \`question\``, "a trace teaches only with what was asked");
    }
    // one file's ids may be another's line numbers, so the text has to agree
    const place = `${key}\0${question.question}`;
    const before = byKey.get(place) ?? { question, origin, samples: [] };
    const more = samples.map((sample, i) => ({ ...sample, index: before.samples.length + i }));
    byKey.set(place, { ...before, samples: [...before.samples, ...more] });
  }
  if (byKey.size === 0) throw usageError(`${name} holds no traces`);
  return [...byKey.values()];
}

/** Rows with the names that are read: of the fields that the flags name, and of what other tools write. */
async function* asAnswers(
  lines: AsyncIterable<string>,
  { questionField, answerField, idField }: DistillSettings,
  onRow: (row: Row) => void,
): AsyncGenerator<string> {
  for await (const line of lines) {
    const row = parseObject(line);
    if (row === undefined) {
      yield line;
      continue;
    }
    const question = first(row, [questionField, "question", "problem", "prompt", "instruction"]);
    const gold = first(row, [answerField, "gold"]);
    const id = first(row, [idField, "id"]);
    const said = ["answer", "output", "samples", "error"].some((field) => row[field] !== undefined);
    const output = said ? undefined : first(row, ["response", "completion", "generation", "text"]);
    onRow(row);
    yield JSON.stringify({
      ...row,
      ...(question === undefined ? {} : { question }),
      ...(gold === undefined ? {} : { gold }),
      ...(id === undefined ? {} : { id }),
      ...(output === undefined ? {} : { output }),
    });
  }
}

function first(row: Row, names: readonly (string | undefined)[]): unknown {
  const name = names.find((one) => one !== undefined && row[one] !== undefined && row[one] !== null);
  return name === undefined ? undefined : row[name];
}

function originOf(row: Row): Answered["origin"] {
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
