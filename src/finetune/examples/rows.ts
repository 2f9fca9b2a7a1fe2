import { usageError } from "../../errors.ts";
import { placeName, recordsOf } from "../../questions/records.ts";

/**
 * The rows of a training file, whose records are JSON objects or have columns.
 * @throws CotError `usage`, with file and place, where a record is neither
 */
export async function* readRows(
  path: string,
): AsyncGenerator<{ row: Record<string, unknown>; place: string }> {
  for await (const { fields, bad, ...at } of recordsOf(path)) {
    const place = placeName(at);
    if (fields === undefined) throw usageError(`${path}, ${place}: ${bad ?? "no JSON object"}`);
    yield { row: fields, place };
  }
}
