import { formatNames } from "../../output/formats/format.ts";
import { flagGroup } from "./flag.ts";
import { choice, file, integer } from "./value.ts";

export const resultFlags = flagGroup("Results", {
  output: {
    flag: "-o, --output",
    value: file(),
    help: "write results to a file, beside it its journal: the same command resumes",
  },
  format: {
    flag: "--format",
    value: choice(formatNames),
    help: "the form of the results; -o FILE.jsonl and -o FILE.csv say it themselves",
  },
  answer: { flag: "-a, --answer", help: "final answers alone, one a line (--format answer)" },
  json: { flag: "--json", help: "JSON, one object a line (for results: --format jsonl)" },
  unordered: { flag: "--unordered", help: "results as they finish, not in the order of the questions" },
  fresh: { flag: "--fresh", help: "start over: forget an earlier run's output and journal" },
  retryFailed: { flag: "--retry-failed", help: "ask questions again that failed for good" },
  maxFailures: {
    flag: "--max-failures",
    value: integer("n", { min: 1 }),
    help: "stop after n failed questions (exit 3)",
  },
  stream: { flag: "--no-stream", help: "print the result when it is whole, not as it arrives" },
  reasoningTo: { flag: "--reasoning-to", value: file(), help: "write the reasoning to a file" },
});
