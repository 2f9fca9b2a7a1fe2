import type { FormatName } from "../formats/names.ts";
import type { Part } from "../select/split.ts";
import type { Manifest } from "./manifest.ts";

/** A file to lie beside the data, that trains a student on it elsewhere. */
export interface Recipe {
  path: string;
  content: string;
}

/** What TRL and LLaMA-Factory need to train a student on the exported data; a recipe for each format they read. */
export function recipes(exports: Manifest["exports"], student = "Qwen/Qwen3-0.6B"): Recipe[] {
  const list: Recipe[] = [];
  const has = (format: FormatName, wanted: Part): boolean =>
    exports.some(
      (one) => one.format === format && one.files.some(({ part, rows }) => part === wanted && rows > 0),
    );
  const formats = exports.map(({ format }) => format).filter((format) => has(format, "train"));
  const validates = (format: FormatName): boolean => has(format, "validation");
  const trl = formats.find((name) => name === "messages" || name === "prompt-completion");
  if (trl) list.push({ path: "recipes/trl_sft.py", content: trlSupervised(trl, student, validates(trl)) });
  if (formats.includes("dpo")) {
    list.push({ path: "recipes/trl_dpo.py", content: trlPreference(student, validates("dpo")) });
  }
  const llamaFactory = formats.filter(
    (name) => name === "sharegpt" || name === "alpaca" || name === "messages",
  );
  const [first] = llamaFactory;
  if (first) {
    list.push({ path: "recipes/dataset_info.json", content: datasetInfo(llamaFactory, has) });
    list.push({
      path: "recipes/llama_factory.yaml",
      content: llamaFactoryRecipe(first, student, validates(first)),
    });
  }
  return list;
}

/** Lines that are there only where a validation part is. */
const where = (there: boolean, text: string): string => (there ? text : "");

function trlSupervised(format: FormatName, student: string, validates: boolean): string {
  return `"""Supervised fine-tuning on verified traces, with TRL (pip install trl). Run from the data set's folder.

The chat template decides whether the student sees the reasoning at all: before you train, run
  cot lint ${format}/train.jsonl --chat-template PATH_OF_THE_STUDENT
"""

from datasets import load_dataset
from trl import SFTConfig, SFTTrainer

STUDENT = "${student}"

data = load_dataset(
    "json",
    data_files={
        "train": "${format}/train.jsonl",${where(validates, `\n        "validation": "${format}/validation.jsonl",`)}
    },
)

trainer = SFTTrainer(
    model=STUDENT,
    args=SFTConfig(
        output_dir="student",
        num_train_epochs=2,
        per_device_train_batch_size=4,
        gradient_accumulation_steps=4,
        learning_rate=1e-5,
        lr_scheduler_type="cosine",
        warmup_ratio=0.05,
        max_length=8192,
        packing=False,${format === "messages" ? "\n        assistant_only_loss=False,  # True where the chat template marks {% generation %}" : ""}
        bf16=True,${where(validates, '\n        eval_strategy="epoch",')}
        logging_steps=10,
    ),
    train_dataset=data["train"],${where(validates, '\n    eval_dataset=data["validation"],')}
)
trainer.train()
trainer.save_model()
`;
}

function trlPreference(student: string, validates: boolean): string {
  return `"""Preference optimisation on right against wrong traces of one question, with TRL (pip install trl).

Start from a student that has been fine-tuned on the traces (recipes/trl_sft.py).
"""

from datasets import load_dataset
from trl import DPOConfig, DPOTrainer

STUDENT = "${student}"

data = load_dataset(
    "json",
    data_files={"train": "dpo/train.jsonl"${where(validates, ', "validation": "dpo/validation.jsonl"')}},
)

trainer = DPOTrainer(
    model=STUDENT,
    args=DPOConfig(
        output_dir="student-dpo",
        num_train_epochs=1,
        per_device_train_batch_size=2,
        gradient_accumulation_steps=8,
        learning_rate=5e-7,
        beta=0.1,
        max_length=8192,
        bf16=True,
        logging_steps=10,
    ),
    train_dataset=data["train"],${where(validates, '\n    eval_dataset=data["validation"],')}
)
trainer.train()
trainer.save_model()
`;
}

const columns: Partial<Record<FormatName, object>> = {
  messages: {
    formatting: "sharegpt",
    columns: { messages: "messages" },
    tags: {
      role_tag: "role",
      content_tag: "content",
      user_tag: "user",
      assistant_tag: "assistant",
      system_tag: "system",
    },
  },
  sharegpt: {
    formatting: "sharegpt",
    columns: { messages: "conversations" },
    tags: {
      role_tag: "from",
      content_tag: "value",
      user_tag: "human",
      assistant_tag: "gpt",
      system_tag: "system",
    },
  },
  alpaca: { formatting: "alpaca", columns: { prompt: "instruction", query: "input", response: "output" } },
};

function datasetInfo(
  formats: readonly FormatName[],
  has: (format: FormatName, part: Part) => boolean,
): string {
  const entries = formats.flatMap((format) =>
    (["train", "validation"] as const)
      .filter((part) => has(format, part))
      .map((part) => [
        `cot_${format}_${part}`,
        { file_name: `../${format}/${part}.jsonl`, ...columns[format] },
      ]),
  );
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

function llamaFactoryRecipe(format: FormatName, student: string, validates: boolean): string {
  return `# LLaMA-Factory: llamafactory-cli train recipes/llama_factory.yaml, from the data set's folder.
# The template decides whether the student sees the reasoning; this one is Qwen3's.
model_name_or_path: ${student}
template: qwen3
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
