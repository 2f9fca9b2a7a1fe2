import type { Budget } from "../../models/middleware/budget.ts";
import { openModel } from "../../models/open.ts";
import type { Model } from "../../models/model.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import type { ModelSettings } from "../../models/settings.ts";
import { addCache } from "../endpoint-settings.ts";
import { resolveModel } from "../open-model.ts";
import type { Compared } from "./compared.ts";
import type { Journal } from "./journal.ts";

export interface OpenedModel {
  model: Model;
  /** Questions to keep in progress. */
  concurrency: () => number;
}

/** Models that are open, one a setting. */
export interface OpenedModels {
  models: OpenedModel[];
  /** Lets go of the cache; after the last request. */
  close(): Promise<void>;
}

/** The model of each setting, each opened once; all of them spend from one budget and share one journal. */
export async function openModels(
  compared: readonly Compared[],
  terminal: Terminal,
  journal: Journal | undefined,
): Promise<OpenedModels> {
  const stores: { close(): Promise<void> }[] = [];
  const opened = new Map<string, OpenedModel>();
  const models: OpenedModel[] = [];
  let budget: Budget | undefined;
  for (const { settings } of compared) {
    const key = JSON.stringify([settings.model, settings.baseUrl]);
    let one = opened.get(key);
    if (!one) {
      const { spec, settings: resolved } = await resolveModel(settings, terminal);
      budget ??= resolved.budget;
      if (budget) resolved.budget = budget;
      const store = await addCache(resolved, settings, terminal);
      if (store) stores.push(store);
      const model = await openModel(spec, resolved);
      one = { model: journal ? journal.around(model) : model, concurrency: () => questionsAtOnce(resolved) };
      opened.set(key, one);
    }
    models.push(one);
  }
  const close = async (): Promise<void> => {
    for (const store of stores) await store.close();
  };
  return { models, close };
}

/** More than there are requests in flight, because some wait for a retry; enough for the built-in model's batches. */
function questionsAtOnce({ concurrency, concurrencyLaw }: ModelSettings): number {
  const requests = typeof concurrency === "number" ? concurrency : (concurrencyLaw?.limit ?? 64);
  return Math.ceil(requests * 1.25) + 8;
}
