#!/bin/sh
# A small model learns to reason from a larger one, on this machine and from nothing: the built-in model's reasoning is
# collected and verified, builtin:small (under a quarter of its size, random weights) is trained on it, and both are
# compared on questions that the student has never seen.
#
#   sh examples/distillation.sh            3,000 questions, about a quarter of an hour on two cores
#   sh examples/distillation.sh --quick    every step of it in two minutes; so short a training teaches next to nothing
#
# Further words are flags of the comparison (--json, --html FILE). DIR=folder keeps what is made, and goes on from it.
set -eu
here=$(dirname "$0")
cot=${COT:-node $here/../dist/cot.cjs}
dir=${DIR:-$(mktemp -d)}
count=3000
steps=
if [ "${1:-}" = --quick ]; then
  count=120
  steps="--steps 10"
  shift
fi
mkdir -p "$dir"

# questions and right answers, nothing else: sums, differences and products
awk -v count="$count" 'BEGIN {
  srand(1)
  for (i = 1; i <= count; i++) {
    a = 10 + int(rand() * 90); b = 10 + int(rand() * 90); c = 100 + int(rand() * 900); d = 100 + int(rand() * 900)
    if (i % 3 == 0) { question = a " × " b; answer = a * b }
    else if (i % 3 == 1) { question = c " + " d; answer = c + d }
    else { if (c < d) { e = c; c = d; d = e } question = c " − " d; answer = c - d }
    printf "{\"id\": \"%d\", \"question\": \"What is %s?\", \"answer\": \"%d\"}\n", i, question, answer
  }
}' > "$dir/questions.jsonl"

# $cot and $steps unquoted: they may be several words
echo "1. the teacher's reasoning, verified" >&2
$cot distill "$dir/questions.jsonl" --teacher builtin -n 4 --keep 1 -t 1 --seed 1 -o "$dir/traces"

echo "2. the student learns it" >&2
$cot finetune "$dir/traces" --method supervised -m builtin:small $steps -o "$dir/traces/student" >&2

echo "3. both, on the questions held back" >&2
$cot distill "$dir/questions.jsonl" --teacher builtin -n 4 --keep 1 -t 1 --seed 1 -o "$dir/traces" \
  --student builtin:small --evaluate -q "$@"
