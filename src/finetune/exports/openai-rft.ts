import { jsonLines, type ExportFiles, type ExportParts, type PromptRow } from "./export.ts";
import { rewardPython } from "./reward.py.ts";

/** For OpenAI's reinforcement fine-tuning, and Azure's: rows that end in the user's turn, and a Python grader. */
export function openaiFiles({ train, validation }: ExportParts): ExportFiles {
  const row = ({ prompt, gold }: PromptRow) => ({ messages: [{ role: "user", content: prompt }], gold });
  const source = rewardPython + graderEntry;
  const grader = { type: "python", name: "accuracy", source };
  const job = {
    model: "o4-mini-2025-04-16",
    method: { type: "reinforcement", reinforcement: { grader } },
  };
  return {
    "train.jsonl": jsonLines(train.map(row)),
    "validation.jsonl": jsonLines(validation.map(row)),
    "grader.py": source,
    "grader.json": `${JSON.stringify(grader, null, 2)}\n`,
    "job.json": `${JSON.stringify(job, null, 2)}\n`,
    "run.sh": launchScript,
  };
}

const graderEntry = `

def grade(sample, item):
    """The grader's entry: sample is what the model wrote, item the row."""
    return score(sample.get("output_text") or "", str(item["gold"]))
`;

const launchScript = `#!/bin/sh
# Uploads both files and starts the job. Azure: set OPENAI_BASE_URL to the resource's /openai/v1 address.
set -e
cd "$(dirname "$0")"
BASE="\${OPENAI_BASE_URL:-https://api.openai.com/v1}"
upload() {
  curl -fsS "$BASE/files" -H "Authorization: Bearer $OPENAI_API_KEY" -F purpose=fine-tune -F "file=@$1" |
    python3 -c 'import json,sys; print(json.load(sys.stdin)["id"])'
}
TRAIN="$(upload train.jsonl)"
VALIDATION="$(upload validation.jsonl)"
python3 - "$TRAIN" "$VALIDATION" "\${MODEL:-}" <<'PYTHON' > request.json
import json, sys
job = json.load(open("job.json"))
job["training_file"], job["validation_file"] = sys.argv[1:3]
if sys.argv[3]:
    job["model"] = sys.argv[3]
json.dump(job, sys.stdout)
PYTHON
curl -fsS "$BASE/fine_tuning/jobs" -H "Authorization: Bearer $OPENAI_API_KEY" -H 'Content-Type: application/json' -d @request.json
`;
