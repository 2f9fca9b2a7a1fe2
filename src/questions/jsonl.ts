import type { Row } from "./row.ts";
import type { TextLine } from "./text-lines.ts";

/** A JSON object a line; empty lines are passed over. */
export async function* jsonlRows(lines: AsyncIterable<TextLine>): AsyncGenerator<Row> {
  for await (const line of lines) {
    if (line.text.trim() !== "") yield jsonRow(line);
  }
}

/** A question a line; a line that starts as a JSON object does is read as one. */
export async function* textRows(lines: AsyncIterable<TextLine>): AsyncGenerator<Row> {
  for await (const line of lines) {
    const text = line.text.trim();
    if (text === "") continue;
    // `{1, 2, 3} has how many subsets?` is a question, `{"question":` a broken object
    if (/^\{\s*("|\}$)/.test(text)) yield jsonRow(line);
    else yield { number: line.number, place: `line ${line.number}`, fields: { question: text } };
  }
}

function jsonRow({ text, number }: TextLine): Row {
  const place = `line ${number}`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { number, place, bad: `not JSON: ${(error as Error).message}` };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { number, place, bad: `not a JSON object: ${text.slice(0, 40)}` };
  }
  return { number, place, fields: value as Record<string, unknown> };
}
