import { usageError } from "../../errors.ts";
import type { Model } from "../../models/model.ts";
import type { CompletionStore } from "../../models/store.ts";
import { cache } from "../../models/middleware/cache.ts";
import type { Budget } from "../../models/middleware/budget.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { addCache } from "../endpoint-settings.ts";
import { resolveModel } from "../open-model.ts";
import type { ChosenOptions, DistillSettings } from "./settings.ts";
import { builtinName, flagsFor } from "./student.ts";

/** A judge that is named, ready to be opened beside a store. */
export interface Judge {
  /** Options in which traces that nothing else proves go before the judge, whose replies the store keeps. */
  judging(options: ChosenOptions, store: CompletionStore): ChosenOptions;
  close(): Promise<void>;
}

/**
 * The model that `--judge` names.
 * @param budget the teacher's, from which the judge spends too
 * @throws CotError: `usage` for the built-in model, which reads no solutions; `key` where one is missing
 */
export async function openJudge(
  settings: DistillSettings,
  terminal: Terminal,
  budget?: Budget,
): Promise<Judge> {
  const { judge } = settings;
  if (judge === undefined) return { judging: (options) => options, close: () => Promise.resolve() };
  if (builtinName(judge) !== undefined) {
    throw usageError(`--judge ${judge}: the built-in model solves questions, and cannot judge solutions`);
  }
  const { spec, settings: resolved } = await resolveModel(flagsFor(judge, settings), terminal);
  if (budget) resolved.budget = budget;
  const shared = await addCache(resolved, settings, terminal);
  const { openModel } = await import("../../models/open.ts");
  const model: Model = await openModel(spec, resolved);
  return {
    judging: (options, store) => ({
      ...options,
      verify: { ...options.verify, judge: cache(store, { keepFailures: true })(model) },
    }),
    close: async () => shared?.close(),
  };
}
