import type { Distilled } from "../../distill/distill.ts";
import type { Manifest } from "../../distill/output/manifest.ts";
import { waterfall } from "../../distill/waterfall.ts";
import { precisionLines, waterfallTable } from "../../output/report/distill-table.ts";
import { safeJson, safeLine } from "../../output/terminal/safe.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { counted } from "../counted.ts";
import { notesOf } from "../notes.ts";
import type { DistillSettings } from "./settings.ts";

/** Overlaps with evaluation files that are listed one by one. */
const mostListed = 10;

/** What came of it, on stderr; with `--json` the manifest on stdout, unless a comparison follows. */
export async function printDistilled(
  { manifest, counts, contaminated, failed, stoppedBy }: Distilled,
  settings: DistillSettings,
  terminal: Terminal,
): Promise<void> {
  const { note } = notesOf(terminal, settings);
  if (!settings.quiet && counts.samples > 0) {
    const { stderr } = terminal;
    await stderr.write(waterfallTable(counts.samples, waterfall(counts), stderr.color));
  }
  precisionLines(counts).forEach(note);
  const { duplicate = 0, "near-duplicate": near = 0 } = counts.rejected;
  if (!settings.from && settings.keep !== 1 && (duplicate + near) * 2 > counts.accepted) {
    note(
      `${duplicate + near} of ${counts.accepted} verified samples repeat another: a higher -t, or --keep 1, asks for fewer of them`,
    );
  }
  for (const { id, contamination } of contaminated.slice(0, mostListed)) {
    const { file, item, how, shared } = contamination;
    note(`${id} overlaps ${file}, ${item} (${how}): ${safeLine(shared).slice(0, 80)}`);
  }
  if (contaminated.length > mostListed) {
    note(`${contaminated.length - mostListed} more overlaps; ledger.jsonl lists them all`);
  }
  if (failed > 0) note(`${counted(failed, "question")} failed at the endpoint: the same command asks again`);
  if (manifest) note(summary(manifest, settings.output!));
  else if (stoppedBy) note("no data set is written; what was asked is kept: the same command goes on");
  if (manifest && counts.kept === 0) note("no trace could be kept; ledger.jsonl says why for each");
  if (settings.json && manifest && !settings.evaluate) await terminal.stdout.write(`${safeJson(manifest)}\n`);
}

function summary({ counts, exports }: Manifest, folder: string): string {
  const rows = (exports[0]?.files ?? []).map(({ part, rows: count }) => `${part} ${count}`).join(", ");
  const kept = `${counted(counts.kept, "trace")} of ${counts.keptQuestions} of ${counted(counts.questions, "question")}`;
  return `${folder}: ${kept} (${rows})`;
}
