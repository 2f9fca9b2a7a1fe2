import { statSync } from "node:fs";

import { usageError } from "../../errors.ts";
import { isTemplateName } from "../../prompts/templates.ts";
import type { EvalSettings } from "./settings.ts";

/** One setting to measure: what it is called, and the flags that make it. */
export interface Compared {
  name: string;
  settings: EvalSettings;
}

/**
 * The settings that `--compare` names, over what the other flags say. An item is an existing file (`.policy.json` a
 * policy, else a prompt), else a template's name, else a model. A single item is compared with the flags as they are.
 * @throws CotError (usage)
 */
export function comparedSettings(settings: EvalSettings): Compared[] {
  const base = { name: settings.policy ?? settings.prompt ?? "step-by-step", settings };
  if (settings.compare === undefined) return [base];
  const names = settings.compare.split(",").map((name) => name.trim());
  if (names.includes("")) throw usageError(`--compare ${settings.compare} names an empty item`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw usageError(`--compare names ${twice} twice`);
  const items = names.map((name) => ({ name, settings: { ...settings, ...changeOf(name) } }));
  return items.length > 1 ? items : [base, ...items.filter(({ name }) => name !== base.name)];
}

function changeOf(name: string): Partial<EvalSettings> {
  const isFile = statSync(name, { throwIfNoEntry: false })?.isFile() ?? false;
  if (isFile && name.endsWith(".policy.json")) return { policy: name, prompt: undefined };
  if (isFile || isTemplateName(name)) return { prompt: name, policy: undefined };
  if (/\.policy\.json$|[/\\].*\.(txt|md)$/.test(name)) {
    throw usageError(
      `--compare ${name}: there is no such file`,
      "an item is a file, a template's name or a model",
    );
  }
  return { model: name };
}
