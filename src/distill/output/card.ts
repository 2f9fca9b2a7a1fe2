import { reasonTexts } from "../verify/verdicts.ts";
import type { Manifest } from "./manifest.ts";

/** The data card of a distilled data set, as Markdown with the front matter that Hugging Face reads. */
export function dataCard(manifest: Manifest): string {
  const { teacher, counts, settings, exports } = manifest;
  const { passRates } = counts;
  const rejected = Object.entries(counts.rejected).map(
    ([reason, count]) => `| ${reasonTexts[reason as keyof typeof reasonTexts]} | ${count} |`,
  );
  const files = exports.flatMap(({ format, readers, files }) =>
    files.map(({ path, rows }) => `| \`${path}\` | ${format} | ${rows} | ${readers} |`),
  );
  return `---
configs:
${configs(exports)}
---

# Verified reasoning traces of ${teacher.model}

${counts.kept} traces of ${counts.keptQuestions} questions, written step by step by \`${teacher.model}\` at ${teacher.endpoint} and kept
because they could be verified. Made with \`cot distill\`.

| | |
|---|---|
| questions asked | ${counts.questions} |
| samples drawn | ${counts.samples} |
| accepted | ${counts.accepted} |
| kept | ${counts.kept} |
| reasoning style | ${settings.traceStyle} |
| judge model | ${settings.judge ?? "none"} |
| selection | ${settings.select}, at most ${settings.keep} a question |

## How hard the questions were

| verified of a question's samples | none | under half | half or more | all |
|---|---|---|---|---|
| questions | ${passRates.never} | ${passRates.seldom} | ${passRates.often} | ${passRates.always} |

${balance(settings)}

## What was rejected

| reason | samples |
|---|---|
${rejected.length > 0 ? rejected.join("\n") : "| (nothing) | 0 |"}

Every rejected sample stands in \`ledger.jsonl\` with its reason.

## Files

| file | format | rows | read by |
|---|---|---|---|
${files.join("\n")}

Rows are split by a hash of their question: all traces of a question are on one side. \`manifest.json\` holds the hash
of every file; each line of \`traces.jsonl\` names the question and the sample that it came from.

## Decontamination

${
  manifest.decontaminated.length > 0
    ? manifest.decontaminated
        .map(
          ({ path, items, hits }) =>
            `- \`${path}\` (${items} items): ${hits} of the traces overlapped and were left out`,
        )
        .join("\n")
    : "None. Do not report accuracy on any public benchmark with a model trained on this before it is done (`--decontaminate FILE`)."
}

## Licence

${manifest.licenceNote}
`;
}

/** What keeps easy questions from crowding out hard ones. */
function balance({ select, keep, adaptive }: Manifest["settings"]): string {
  const draws = adaptive
    ? `A question was asked until ${keep} of its samples were verified, so hard ones were asked more often than easy ones`
    : "Every question was asked equally often";
  const kept = {
    shortest: `no question has more than ${keep} traces, however easy it is`,
    diverse: `no question has more than ${keep} traces, and one that was always solved has one`,
    all: "every verified trace is kept, so easy questions may have more than hard ones",
  }[select];
  return `${draws}; ${kept}.`;
}

/** Each format as a configuration of the data set; a part without rows cannot be loaded, and is left out. */
function configs(exports: Manifest["exports"]): string {
  return exports
    .map(({ format, files }) => ({ format, files: files.filter(({ rows }) => rows > 0) }))
    .filter(({ files }) => files.length > 0)
    .flatMap(({ format, files }) => [
      `  - config_name: ${format}`,
      "    data_files:",
      ...files.flatMap(({ part, path }) => [`      - split: ${part}`, `        path: ${path}`]),
    ])
    .join("\n");
}
