#!/bin/bash
# cot in a script: a loop over lines, a branch on the exit code, and jq over --json.
#
#   bash examples/script.sh
#   MODEL=ollama:qwen3 bash examples/script.sh
set -euo pipefail
here=$(dirname "$0")
cot=${COT:-node $here/../dist/cot.cjs}
model=${MODEL:-builtin}

echo "--- a loop: a question given as words never reads stdin, so the loop keeps its lines"
printf '%s\n' "17×24" "339+68" "91-58" | while read -r sum; do
  echo "$sum = $($cot ask "What is $sum?" -m "$model" -a)"
done

echo "--- a branch: exit 0 where the answer is the expected one, 1 where it is another, 4 where there is none"
if $cot ask "What is 17×24?" -m "$model" -a --expect 408 >/dev/null; then
  echo "as expected"
else
  echo "not as expected (exit $?)"
fi
code=0
$cot ask "Who wrote Faust?" -m builtin -a >/dev/null 2>&1 || code=$?
echo "a question outside what the built-in model knows: exit $code"

echo "--- many questions through one pipe, answers in order beside them"
questions=$(printf '%s\n' "What is 56×31?" "What is 23×41?")
$cot ask -m "$model" -a <<<"$questions" | paste <(echo "$questions") -

echo "--- jq over --json"
if command -v jq >/dev/null; then
  $cot ask "What is 17×24?" -m "$model" --json --check |
    jq -r '"answer \(.answer), \(.checks | length) steps checked, \(.usage.completion_tokens) tokens"'
else
  echo "(jq is not installed)"
fi
