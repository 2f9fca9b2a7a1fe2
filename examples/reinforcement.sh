#!/bin/sh
# Reinforcement learning, with a rule-based reward: an initial policy in, a better one out. Nobody shows a step of
# reasoning; answers are graded, and what earns more is kept.
#
# 1. The policy of prompts starts at the bare answer; on questions held back, the winner meets the initial policy once.
# 2. The weights of builtin:base, which mostly answers at once, learn three-digit sums from right answers alone (GRPO).
#    Held-out sums measure before and after; "made to reason" is what the first weights do when they may not answer at once.
#
#   sh examples/reinforcement.sh            600 requests, then 60 updates: about three minutes on two cores
#   sh examples/reinforcement.sh --quick    400 requests, then 15 updates: about one
#
# Any model will do for the first half: MODEL=ollama:qwen3 sh examples/reinforcement.sh. OUT names the folder that is
# written to; the second half goes on where it was when it is run again.
set -eu
here=$(dirname "$0")
cot=${COT:-node $here/../dist/cot.cjs}
model=${MODEL:-builtin}
out=${OUT:-$(mktemp -d)}
requests=600
pick=50
sums=1200
steps=60
if [ "${1:-}" = --quick ]; then
  requests=400
  pick=20
  sums=300
  steps=15
fi

echo "1. a policy of prompts" >&2
# $cot unquoted: it may be a command with arguments
$cot optimize "$here/data/arithmetic.jsonl" -m "$model" -p direct --seed 1 --max-requests "$requests" \
  -o "$out/best.policy.json" --html "$out/optimize.html"
echo
$cot eval "$here/data/word-problems.jsonl" -m "$model" --pick "$pick" --compare "direct,$out/best.policy.json"

echo "2. weights" >&2
# questions and right answers, nothing else
awk -v count="$sums" 'BEGIN {
  srand(1)
  for (i = 1; i <= count; i++) {
    a = 100 + int(rand() * 900); b = 100 + int(rand() * 900)
    printf "{\"id\": \"%d\", \"question\": \"What is %d + %d?\", \"answer\": \"%d\"}\n", i, a, b, a + b
  }
}' > "$out/sums.jsonl"
echo
$cot finetune "$out/sums.jsonl" --method reinforcement --seed 1 --steps "$steps" -o "$out/reasoner"

echo
$cot ask -m "builtin:$out/reasoner" "What is 386 + 547?"
