import { dollars, group } from "../../output/terminal/progress.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { forecast, type Replay } from "../../batch/forecast.ts";
import { readJournal } from "../../batch/journal.ts";
import { resumeFrom } from "../../batch/resume.ts";
import { runSettings } from "../../batch/settings.ts";
import { costOf } from "../../models/price.ts";
import type { ModelSpec } from "../../models/providers.ts";
import type { ModelSettings } from "../../models/settings.ts";
import { ask } from "../../reasoning/ask.ts";
import type { AskOptions } from "../../reasoning/options.ts";
import { notesOf } from "../notes.ts";
import { resolveModel } from "../open-model.ts";
import { isStream } from "../result-sink.ts";
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
  const left = await earlierRun(input, options, spec, modelSettings, settings);
  const { requests, prompt, completion, questions, answered } = await forecast(
    input.questions,
    options,
    left?.replay,
  ).finally(() => left?.close());
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
    `questions  ${group(questions)}${answered > 0 ? ` (${group(answered)} more are answered already)` : ""}`,
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

/** What the output's journal has, if there is one: it will not be asked again. */
async function earlierRun(
  { survey }: BatchInput,
  options: AskOptions,
  spec: ModelSpec,
  modelSettings: ModelSettings,
  { output, fresh, retryFailed }: BatchSettings,
): Promise<{ replay: Replay; close(): Promise<void> } | undefined> {
  if (output === undefined || fresh === true || (await isStream(output))) return undefined;
  const { openModel } = await import("../../models/open.ts");
  // a cap on the cost of a model of unknown price is refused by the run, not by the question what it would cost
  const unbounded = { ...modelSettings };
  delete unbounded.budget;
  const model = await openModel(spec, unbounded);
  const store = await readJournal(
    output,
    runSettings(options, model, survey?.fingerprint, modelSettings.baseUrl),
  );
  if (store === undefined) return undefined;
  const { replay } = resumeFrom(store, model, (question, through) => ask(question, options, through));
  return {
    async replay(question) {
      const result = await replay(question);
      return result?.error && retryFailed ? undefined : result;
    },
    close: () => store.close(),
  };
}

function range({ low, high }: { low: number; high: number }, shown: (value: number) => string): string {
  return low === high ? shown(low) : `${shown(low)} to ${shown(high)}`;
}
