import { jsonLines, type ExportFiles, type ExportParts, type PromptRow } from "./export.ts";
import { rewardPython } from "./reward.py.ts";

/** For TRL's `GRPOTrainer`: conversational prompts, the gold as a column that the reward function is given. */
export function trlFiles({ train, validation }: ExportParts): ExportFiles {
  const row = ({ id, prompt, gold }: PromptRow) => ({
    prompt: [{ role: "user", content: prompt }],
    gold,
    id,
  });
  return {
    "data/train.jsonl": jsonLines(train.map(row)),
    "data/validation.jsonl": jsonLines(validation.map(row)),
    "reward.py": rewardPython + trlReward,
    "train.py": trainScript,
    "run.sh": launchScript,
  };
}

const trlReward = `

def accuracy(completions, gold, **_):
    """TRL: one number a completion; each is a list of one message, or plain text."""
    texts = [one if isinstance(one, str) else one[-1]["content"] for one in completions]
    return [score(text, right) for text, right in zip(texts, gold)]
`;

const trainScript = `"""GRPO with TRL on questions whose right answers are known. Run from this folder: sh run.sh"""

import argparse

from datasets import load_dataset
from trl import GRPOConfig, GRPOTrainer

from reward import accuracy

parser = argparse.ArgumentParser()
parser.add_argument("--model", default="Qwen/Qwen3-0.6B")
parser.add_argument("--output", default="trained")
parser.add_argument("--steps", type=int, default=200)
options = parser.parse_args()

data = load_dataset(
    "json", data_files={"train": "data/train.jsonl", "validation": "data/validation.jsonl"}
)
trainer = GRPOTrainer(
    model=options.model,
    reward_funcs=accuracy,
    args=GRPOConfig(
        output_dir=options.output,
        max_steps=options.steps,
        per_device_train_batch_size=8,
        gradient_accumulation_steps=4,
        num_generations=8,
        max_completion_length=2048,
        learning_rate=1e-6,
        beta=0.0,
        temperature=1.0,
        bf16=True,
        logging_steps=1,
        save_steps=50,
    ),
    train_dataset=data["train"],
    eval_dataset=data["validation"],
)
trainer.train()
trainer.save_model(options.output)
`;

const launchScript = `#!/bin/sh
# One GPU. Several: accelerate launch train.py. First: pip install trl datasets accelerate
set -e
cd "$(dirname "$0")"
exec python3 train.py "$@"
`;
