import type { FormatName } from "../../formats/names.ts";
import { where } from "./where.ts";

/** Supervised fine-tuning on chat messages, or on prompts and completions. */
export function trlSupervised(format: FormatName, student: string, validates: boolean): string {
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

/** Preference optimisation. */
export function trlPreference(student: string, validates: boolean): string {
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
