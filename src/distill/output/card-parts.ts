import type { Manifest } from "./manifest.ts";
import { isRead } from "./recipes/llama-factory.ts";
import type { Recipe } from "./recipes/recipes.ts";

/** As code in a table's cell, whatever it holds. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, " ").replaceAll("|", "\\|");
  return line.includes("`") ? `\`\` ${line} \`\`` : `\`${line}\``;
}

/** How the teacher was asked to sample. */
export function sampling({
  samples,
  temperature,
  maxTokens,
  effort,
  seed,
  set,
}: Manifest["settings"]): string {
  if (samples === null) return "not known: the samples were there already";
  const given = { temperature, "max tokens": maxTokens, effort, seed, ...set };
  const parts = Object.entries(given)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`);
  return parts.length === 0 ? "the model's own" : code(parts.join(", "));
}

/** How often the rules that need no right answer were right, where that could be seen. */
export function precision({ precision: { steps, agreement } }: Manifest["counts"]): string {
  const named = [
    ["checked steps", steps],
    ["agreement", agreement],
  ] as const;
  const lines = named.flatMap(([name, seen]) =>
    seen
      ? [`of ${seen.accepted} samples that ${name} alone would have passed, ${seen.right} were right`]
      : [],
  );
  return lines.length === 0 ? "" : ` Measured where the right answer is known: ${lines.join("; ")}.`;
}

/** The recipes, and which formats none is for. */
export function recipeLines({ exports, settings }: Manifest, recipes: readonly Recipe[]): string {
  const lines = recipes.map(({ path, says }) => `- \`${path}\`: ${says}`);
  const unread = exports
    .filter(({ format }) => !isRead(format, settings))
    .map(({ format }) => `\`${format}\``);
  if (unread.length > 0) {
    lines.push(
      `- LLaMA-Factory does not read ${unread.join(" and ")} as ${unread.length > 1 ? "they are" : "it is"} here: ` +
        "`--export messages`, `sharegpt` or `alpaca`, with `--trace-style think`, `inline` or `none`, is for it",
    );
  }
  return lines.join("\n");
}

/** What keeps easy questions from crowding out hard ones. */
export function balance({ select, keep, adaptive }: Manifest["settings"]): string {
  const draws = {
    true: `A question was asked until ${keep} of its samples were verified, so hard ones were asked more often than easy ones`,
    false: "Every question was asked equally often",
    null: "The samples were there already",
  }[`${adaptive}`];
  const kept = {
    shortest: `no question has more than ${keep} traces, however easy it is`,
    diverse: `no question has more than ${keep} traces, and one that was always solved has one`,
    all: "every verified trace is kept, so easy questions may have more than hard ones",
  }[select];
  return `${draws}; ${kept}.`;
}

/** Each format as a configuration of the data set; a part without rows cannot be loaded, and is left out. */
export function configs(exports: Manifest["exports"]): string {
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
