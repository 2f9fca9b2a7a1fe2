import { usageError } from "../../errors.ts";
import { jsonRecords } from "../../json-records.ts";
import { parseObject } from "../../jsonl.ts";
import { fileBytes, gunzipped } from "../../questions/bytes.ts";

/**
 * The rows of a training file: JSON lines, or one JSON list; packed by gzip or not.
 * @throws CotError `usage`, with file and line, where a row is no JSON object
 */
export async function* readRows(
  path: string,
): AsyncGenerator<{ row: Record<string, unknown>; line: number }> {
  for await (const { text, line } of jsonRecords(gunzipped(fileBytes(path), path))) {
    const row = parseObject(text);
    if (row === undefined) throw usageError(`${path}, line ${line}: no JSON object`);
    yield { row, line };
  }
}
