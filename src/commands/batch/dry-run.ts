import { dollars, group } from "../../output/terminal/progress.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { forecast } from "../../batch/forecast.ts";
import { costOf } from "../../models/price.ts";
import type { AskOptions } from "../../reasoning/options.ts";
import { notesOf } from "../notes.ts";
import { resolveModel } from "../open-model.ts";
import type { BatchInput } from "./input.ts";
import type { BatchSettings } from "./settings.ts";

/** `--dry-run`: requests, tokens and cost as ranges; nothing is sent. */
export async function printForecast(
  input: BatchInput,
  options: AskOptions,
  settings: BatchSettings,
  terminal: Terminal,
): Promise<number> {
  const { spec, settings: modelSettings } = await resolveModel(settings, terminal, { dry: true });
  const { requests, prompt, completion, questions } = await forecast(input.questions, options);
  const { priceOf } = await import("../../models/price.ts");
  const free = { input: 0, output: 0 };
  const price =
    spec.provider === "builtin"
      ? free
      : (modelSettings.price ?? priceOf(spec.provider ?? undefined, spec.model ?? ""));
  const cost = (bound: "low" | "high"): number =>
    price === undefined
      ? NaN
      : costOf(
          {
            promptTokens: prompt[bound],
            completionTokens: completion[bound],
            reasoningTokens: null,
            cachedTokens: null,
          },
          price,
        )!;
  const tokens = { low: prompt.low + completion.low, high: prompt.high + completion.high };
  const rows = [
    `questions  ${group(questions)}`,
    `requests   ${range(requests, group)}`,
    `tokens     ${range(tokens, group)} (prompt ${range(prompt, group)})`,
    price === undefined
      ? `cost       unknown: no price of ${spec.model ?? "the model"} is known (the config can name it)`
      : `cost       ${range({ low: cost("low"), high: cost("high") }, dollars)}`,
  ];
  await terminal.stdout.write(`${rows.join("\n")}\n`);
  if (input.survey === undefined) notesOf(terminal, settings).detail("read from a pipe, to its end");
  return 0;
}

function range({ low, high }: { low: number; high: number }, shown: (value: number) => string): string {
  return low === high ? shown(low) : `${shown(low)} to ${shown(high)}`;
}
