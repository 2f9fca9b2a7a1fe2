#!/bin/sh
# Reinforcement learning, with a rule-based reward: an initial policy in, a better one out.
# The policy of prompts starts at the bare answer. The model answers, answers are graded, and what earns more is kept;
# on questions held back, the winner meets the initial policy once. Then the policy found is used on other questions.
#
#   sh examples/reinforcement.sh            600 requests
#   sh examples/reinforcement.sh --quick    400 of them
#
# Any model will do: MODEL=ollama:qwen3 sh examples/reinforcement.sh. OUT names the folder that is written to.
set -eu
here=$(dirname "$0")
cot=${COT:-node $here/../dist/cot.cjs}
model=${MODEL:-builtin}
out=${OUT:-$(mktemp -d)}
requests=600
pick=50
if [ "${1:-}" = --quick ]; then
  requests=400
  pick=20
fi

# $cot unquoted: it may be a command with arguments
$cot optimize "$here/data/arithmetic.jsonl" -m "$model" -p direct --seed 1 --max-requests "$requests" \
  -o "$out/best.policy.json" --html "$out/optimize.html"

echo
$cot eval "$here/data/word-problems.jsonl" -m "$model" --pick "$pick" --compare "direct,$out/best.policy.json"
