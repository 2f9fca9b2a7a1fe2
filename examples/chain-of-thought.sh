#!/bin/sh
# One question through the step-by-step prompt: what is sent, the reasoning as it comes, the answer alone.
#
#   sh examples/chain-of-thought.sh                            the built-in model: no key, no network
#   sh examples/chain-of-thought.sh "What is 23×41?"
#   MODEL=openai sh examples/chain-of-thought.sh               any other model: openai, deepseek, ollama:qwen3, …
set -eu
here=$(dirname "$0")
cot=${COT:-node $here/../dist/cot.cjs}
model=${MODEL:-builtin}
question=${1:-What is 17×24?}

# $cot unquoted: it may be a command with arguments
echo "--- the prompt (the request of -m ollama:qwen3, not sent)"
$cot ask "$question" -m ollama:qwen3 --dry-run

echo "--- the reasoning, every step checked, and the answer"
$cot ask "$question" -m "$model" --check

echo "--- the answer alone"
$cot ask "$question" -m "$model" --answer
