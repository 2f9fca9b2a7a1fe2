import type { Budget } from "../../models/middleware/budget.ts";
import { openModel } from "../../models/open.ts";
import type { Model } from "../../models/model.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { resolveModel } from "../open-model.ts";
import type { Compared } from "./compared.ts";
import type { Journal } from "./journal.ts";

export interface OpenedModel {
  model: Model;
  /** Questions to keep in progress. */
  concurrency: () => number;
}

/** The model of each setting, each opened once; all of them spend from one budget and share one journal. */
export async function openModels(
  compared: readonly Compared[],
  terminal: Terminal,
  journal: Journal | undefined,
): Promise<OpenedModel[]> {
  const opened = new Map<string, OpenedModel>();
  const models: OpenedModel[] = [];
  let budget: Budget | undefined;
  for (const { settings } of compared) {
    const key = settings.model ?? "";
    let one = opened.get(key);
    if (!one) {
      const { spec, settings: resolved } = await resolveModel(settings, terminal);
      budget ??= resolved.budget;
      if (budget) resolved.budget = budget;
      const model = await openModel(spec, resolved);
      const { concurrency, concurrencyLaw } = resolved;
      one = {
        model: journal ? journal.around(model) : model,
        concurrency: () =>
          typeof concurrency === "number" ? concurrency : Math.ceil(concurrencyLaw?.limit ?? 1),
      };
      opened.set(key, one);
    }
    models.push(one);
  }
  return models;
}
