import { usageError } from "../../errors.ts";
import { readExchange } from "../examples/row.ts";
import { readRows } from "../examples/rows.ts";

/**
 * A training file as an endpoint takes it: rows with `messages` as they are, those of other formats turned into such.
 * @throws CotError `usage`, with file and line, where a row is no example
 */
export async function readMessages(path: string): Promise<string> {
  const lines: string[] = [];
  for await (const { row, place } of readRows(path)) {
    const exchange = readExchange(row);
    if (!exchange) throw usageError(`${path}, ${place}: no question and answer that can be read`);
    lines.push(
      JSON.stringify(Array.isArray(row["messages"]) ? { messages: row["messages"] } : asMessages(exchange)),
    );
  }
  if (lines.length === 0) throw usageError(`${path} holds no example`);
  return lines.map((line) => `${line}\n`).join("");
}

function asMessages({ prompt, said, reasoning }: NonNullable<ReturnType<typeof readExchange>>): object {
  const content = reasoning === undefined ? said : `${reasoning}\n\n${said}`;
  return {
    messages: [
      { role: "user", content: prompt },
      { role: "assistant", content },
    ],
  };
}
