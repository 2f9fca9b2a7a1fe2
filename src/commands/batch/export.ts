import { planRequests, refuseFollowUps } from "../../batch/plan.ts";
import { diskFiles } from "../../files.ts";
import { openRequestFiles } from "../../models/request-files.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import type { AskOptions } from "../../reasoning/options.ts";
import { counted } from "../counted.ts";
import { notesOf } from "../notes.ts";
import { resolveModel } from "../open-model.ts";
import { refuseBuiltin, type BatchInput } from "./input.ts";
import type { BatchSettings } from "./settings.ts";

/** Lines that are written at once. */
const together = 256;

/** `--export-requests`: a request a line, nothing sent, no key needed. */
export async function exportRequests(
  path: string,
  input: BatchInput,
  options: AskOptions,
  settings: BatchSettings,
  terminal: Terminal,
): Promise<number> {
  refuseFollowUps(options, "a file of requests");
  const { spec, settings: modelSettings } = await resolveModel(settings, terminal, { dry: true });
  refuseBuiltin(spec, "--export-requests");
  const files = openRequestFiles(spec, modelSettings);
  const file = await diskFiles.open(path, "truncate");
  let count = 0;
  try {
    let lines: string[] = [];
    for await (const question of input.questions) {
      for (const { customId, request } of planRequests(question, options, files)) {
        lines.push(`${JSON.stringify(files.line(customId, request))}\n`);
        count += 1;
      }
      if (lines.length < together) continue;
      await file.append(lines.join(""));
      lines = [];
    }
    await file.append(lines.join(""));
  } finally {
    await file.close();
  }
  notesOf(terminal, settings).note(`${counted(count, "request")} in ${path}`);
  return 0;
}
