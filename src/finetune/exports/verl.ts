import { jsonLines, type ExportFiles, type ExportParts, type PromptRow } from "./export.ts";
import { rewardPython } from "./reward.py.ts";

/** For verl's PPO trainer with the GRPO estimator: rows in its own shape, and a script that makes Parquet of them. */
export function verlFiles({ train, validation }: ExportParts): ExportFiles {
  const rowOf = (split: string) => (row: PromptRow, index: number) => ({
    data_source: "cot",
    prompt: [{ role: "user", content: row.prompt }],
    ability: "reasoning",
    reward_model: { style: "rule", ground_truth: row.gold },
    extra_info: { split, index, id: row.id },
  });
  return {
    "data/train.jsonl": jsonLines(train.map(rowOf("train"))),
    "data/validation.jsonl": jsonLines(validation.map(rowOf("validation"))),
    "reward.py": rewardPython + verlReward,
    "to_parquet.py": parquetScript,
    "run.sh": launchScript,
  };
}

const verlReward = `

def compute_score(data_source, solution_str, ground_truth, extra_info=None, **_):
    """verl: custom_reward_function.path=reward.py"""
    return score(solution_str, ground_truth)
`;

const parquetScript = `"""The rows as Parquet, which is what verl reads. Needs: pip install datasets"""

from datasets import load_dataset

for part in ("train", "validation"):
    rows = load_dataset("json", data_files=f"data/{part}.jsonl", split="train")
    rows.to_parquet(f"data/{part}.parquet")
    print(part, len(rows))
`;

const launchScript = `#!/bin/sh
# GRPO with verl on one machine. First: pip install verl vllm datasets
set -e
cd "$(dirname "$0")"
MODEL="\${MODEL:-Qwen/Qwen3-0.6B}"
GPUS="\${GPUS:-1}"
[ -f data/train.parquet ] || python3 to_parquet.py
exec python3 -m verl.trainer.main_ppo \\
  algorithm.adv_estimator=grpo \\
  data.train_files="$PWD/data/train.parquet" \\
  data.val_files="$PWD/data/validation.parquet" \\
  data.train_batch_size=64 \\
  data.max_prompt_length=1024 \\
  data.max_response_length=2048 \\
  actor_rollout_ref.model.path="$MODEL" \\
  actor_rollout_ref.actor.optim.lr=1e-6 \\
  actor_rollout_ref.actor.ppo_mini_batch_size=64 \\
  actor_rollout_ref.actor.ppo_micro_batch_size_per_gpu=4 \\
  actor_rollout_ref.actor.use_kl_loss=False \\
  actor_rollout_ref.rollout.name=vllm \\
  actor_rollout_ref.rollout.n=8 \\
  actor_rollout_ref.rollout.log_prob_micro_batch_size_per_gpu=4 \\
  actor_rollout_ref.rollout.tensor_model_parallel_size=1 \\
  actor_rollout_ref.rollout.gpu_memory_utilization=0.5 \\
  custom_reward_function.path="$PWD/reward.py" \\
  custom_reward_function.name=compute_score \\
  trainer.logger='["console"]' \\
  trainer.n_gpus_per_node="$GPUS" \\
  trainer.nnodes=1 \\
  trainer.save_freq=50 \\
  trainer.test_freq=10 \\
  trainer.total_epochs=3 "$@"
`;
