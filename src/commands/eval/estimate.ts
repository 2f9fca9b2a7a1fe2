import type { EvaluateOptions } from "../../eval/evaluate.ts";
import { whole } from "../../output/report/numbers.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import type { Survey } from "../../questions/read.ts";
import type { Compared } from "./compared.ts";

export async function printEstimate(
  survey: Survey,
  options: readonly EvaluateOptions[],
  compared: readonly Compared[],
  terminal: Pick<Terminal, "stdout">,
): Promise<number> {
  void compared;
  for (const option of options) {
    const requests = survey.questions * (option.samples ?? 1);
    await terminal.stdout.write(`${option.name}: ${whole(requests)} samples\n`);
  }
  return 0;
}
