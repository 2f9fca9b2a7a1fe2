import type { TraceStyle } from "../../formats/format.ts";
import type { FormatName } from "../../formats/names.ts";
import type { Part } from "../../select/split.ts";
import { where } from "./where.ts";

/** What the recipe has to know about the data. */
export interface Described {
  traceStyle: TraceStyle;
  /** Whether the rows have a system message. */
  system: boolean;
}

/**
 * Whether LLaMA-Factory reads a format as it is here. It wants a conversation in one list, and single turns, not lists
 * of them, to choose between; of a turn it reads the content alone, so reasoning in a field of its own would be lost.
 */
export function isRead(format: FormatName, { traceStyle }: Pick<Described, "traceStyle">): boolean {
  return ["messages", "sharegpt", "alpaca"].includes(format) && traceStyle !== "field";
}

/** `dataset_info.json`: where the rows of each format stand, and what their columns are called. */
export function datasetInfo(
  formats: readonly FormatName[],
  has: (format: FormatName, part: Part) => boolean,
  described: Described,
): string {
  const entries = formats.flatMap((format) =>
    (["train", "validation"] as const)
      .filter((part) => has(format, part))
      .map((part) => [
        `cot_${format}_${part}`,
        { file_name: `../${format}/${part}.jsonl`, ...columnsOf(format, described) },
      ]),
  );
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

function columnsOf(format: FormatName, { system }: Described): object {
  if (format === "alpaca") {
    const columns = { prompt: "instruction", query: "input", response: "output" };
    // one that is not named is dropped without a word; elsewhere it is the first turn
    return { formatting: "alpaca", columns: system ? { ...columns, system: "system" } : columns };
  }
  const [messages, role, content, user, assistant] =
    format === "messages"
      ? ["messages", "role", "content", "user", "assistant"]
      : ["conversations", "from", "value", "human", "gpt"];
  return {
    formatting: "sharegpt",
    columns: { messages },
    tags: {
      role_tag: role,
      content_tag: content,
      user_tag: user,
      assistant_tag: assistant,
      system_tag: "system",
    },
  };
}

/** Supervised fine-tuning on one of the formats. */
export function llamaFactoryRecipe(
  format: FormatName,
  student: string,
  validates: boolean,
  { traceStyle }: Described,
): string {
  // the other one puts an empty pair of tags before an answer that has none
  const template = traceStyle === "think" ? "qwen3" : "qwen3_nothink";
  return `# LLaMA-Factory: llamafactory-cli train recipes/llama_factory.yaml, from the data set's folder.
# The template decides whether the student sees the reasoning; this one is Qwen3's.
model_name_or_path: ${student}
template: ${template}
stage: sft
do_train: true
finetuning_type: full
dataset_dir: recipes
dataset: cot_${format}_train
${where(validates, `eval_dataset: cot_${format}_validation\n`)}cutoff_len: 8192
output_dir: student
per_device_train_batch_size: 4
gradient_accumulation_steps: 4
learning_rate: 1.0e-5
num_train_epochs: 2.0
lr_scheduler_type: cosine
warmup_ratio: 0.05
bf16: true
logging_steps: 10
${where(validates, "eval_strategy: epoch\n")}`;
}
