import { reasonTexts } from "../verify/verdicts.ts";
import { balance, code, configs, precision, recipeLines, sampling } from "./card-parts.ts";
import type { Manifest } from "./manifest.ts";
import type { Recipe } from "./recipes/recipes.ts";

/** The data card of a distilled data set, as Markdown with the front matter that Hugging Face reads. */
export function dataCard(manifest: Manifest, recipes: readonly Recipe[]): string {
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
| prompt | ${code(teacher.policy ?? teacher.prompt)} |
| system message | ${settings.system === null ? "none" : code(settings.system)} |
| sampling | ${sampling(settings)} |
| questions | ${counts.questions} |
| samples | ${counts.samples} |
| accepted | ${counts.accepted} |
| kept | ${counts.kept} |
| reasoning style | ${settings.traceStyle} |
| judge model | ${settings.judge ?? "none"} |
| selection | ${settings.select}${settings.select === "all" ? "" : `, at most ${settings.keep} a question`} |

A trace is accepted where its answer equals the right one; where none is known, if every step of it that can be
calculated is right and the last one is its answer, else if the question's samples agree with it${
    settings.judge === null ? "" : ", else if the judge model finds it right"
  }. A
wrong step rejects it either way.${precision(counts)}

## How hard the questions were

| verified of a question's samples | none | under half | half or more | all |
|---|---|---|---|---|
| questions | ${passRates.never} | ${passRates.seldom} | ${passRates.often} | ${passRates.always} |

${balance(settings)}

## What was rejected

| reason | samples |
|---|---|
${rejected.length > 0 ? rejected.join("\n") : "| (nothing) | 0 |"}

Every sample stands in \`ledger.jsonl\` with what each rule said about it.

## Files

| file | format | rows | read by |
|---|---|---|---|
${files.join("\n")}

Rows are split by a hash of their question: all traces of a question are on one side.

Each line of \`traces.jsonl\` is a trace with its question, the question's \`id\`, and the \`sample\` that it was; \`rows\` says
in which line of which file it stands, \`against\` which sample of the question \`dpo\` sets against it, and \`pass_rate\` which
share of the question's samples was verified. \`manifest.json\` holds the settings, and the hash of every file and of the
questions'.

## Recipes

${recipeLines(manifest, recipes)}

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
