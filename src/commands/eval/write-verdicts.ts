import { diskFiles } from "../../files.ts";
import type { VerdictRow } from "./verdict-row.ts";

/**
 * Writes verdicts, a JSON line each.
 * @throws CotError (usage) where the file cannot be opened, (output) where it cannot be written
 */
export async function writeVerdicts(path: string, verdicts: readonly VerdictRow[]): Promise<void> {
  const file = await diskFiles.open(path, "truncate");
  try {
    await file.append(verdicts.map((verdict) => `${JSON.stringify(verdict)}\n`).join(""));
    await file.sync();
  } finally {
    await file.close();
  }
}
