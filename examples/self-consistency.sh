#!/bin/sh
# Is it the reasoning that makes the model right, and does a vote over five traces help further?
# Asks the built-in model the same arithmetic three ways: the bare answer, step by step, and step by step with a vote
# of five (a policy file). All are sampled at temperature 1, on the same questions, so that the differences are paired.
#
#   sh examples/self-consistency.sh            all 120 questions, under two minutes
#   sh examples/self-consistency.sh --quick    30 of them; further words are flags of cot eval (--json, --html FILE)
#
# Any model will do: MODEL=ollama:qwen3 sh examples/self-consistency.sh
set -eu
here=$(dirname "$0")
cot=${COT:-node $here/../dist/cot.cjs}
model=${MODEL:-builtin}
pick=120
if [ "${1:-}" = --quick ]; then
  pick=30
  shift
fi

# $cot unquoted: it may be a command with arguments
$cot eval "$here/data/arithmetic.jsonl" --pick "$pick" -m "$model" -t 1 --seed 1 --by kind \
  --compare "direct,step-by-step,$here/self-consistency.policy.json" "$@"
