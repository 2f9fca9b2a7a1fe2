import { formatNames, type FormatName } from "../../formats/names.ts";
import type { Part } from "../../select/split.ts";
import type { Manifest } from "../manifest.ts";
import { datasetInfo, isRead, llamaFactoryRecipe } from "./llama-factory.ts";
import { trlPreference, trlSupervised } from "./trl.ts";

/** A file to lie beside the data, that trains a student on it elsewhere. */
export interface Recipe {
  path: string;
  content: string;
  /** In a few words, for the data card. */
  says: string;
}

/** What TRL and LLaMA-Factory need to train a student on the exported data, as far as they read its formats. */
export function recipes(
  { exports, settings }: Pick<Manifest, "exports" | "settings">,
  student = "Qwen/Qwen3-0.6B",
): Recipe[] {
  const list: Recipe[] = [];
  const has = (format: FormatName, wanted: Part): boolean =>
    exports.some(
      (one) => one.format === format && one.files.some(({ part, rows }) => part === wanted && rows > 0),
    );
  const formats = formatNames.filter((format) => has(format, "train"));
  const validates = (format: FormatName): boolean => has(format, "validation");
  // of messages TRL trains on the prompt, too
  const trl = (["prompt-completion", "messages"] as const).find((format) => formats.includes(format));
  if (trl) {
    list.push({
      path: "recipes/trl_sft.py",
      content: trlSupervised(trl, student, validates(trl)),
      says: `supervised fine-tuning with TRL, on \`${trl}\``,
    });
  }
  if (formats.includes("dpo")) {
    list.push({
      path: "recipes/trl_dpo.py",
      content: trlPreference(student, validates("dpo")),
      says: "preference optimisation with TRL, on `dpo`",
    });
  }
  const described = { traceStyle: settings.traceStyle, system: settings.system !== null };
  const read = formats.filter((format) => isRead(format, described));
  const [first] = read;
  if (first) {
    list.push({
      path: "recipes/llama_factory.yaml",
      content: llamaFactoryRecipe(first, student, validates(first), described),
      says: `supervised fine-tuning with LLaMA-Factory, on \`${first}\``,
    });
    list.push({
      path: "recipes/dataset_info.json",
      content: datasetInfo(read, has, described),
      says: `LLaMA-Factory's description of ${read.map((format) => `\`${format}\``).join(", ")}`,
    });
  }
  return list;
}
