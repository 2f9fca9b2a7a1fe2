import { usageError } from "../../errors.ts";
import type { Completion, Model } from "../../models/model.ts";
import type { CompletionStore } from "../../models/store.ts";
import { cache } from "../../models/middleware/cache.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { sumCost } from "../../reasoning/usage.ts";
import { addCache } from "../endpoint-settings.ts";
import { resolveModel } from "../open-model.ts";
import { roleFlags } from "./role-flags.ts";
import type { ChosenOptions, DistillSettings } from "./settings.ts";
import { builtinName } from "./student.ts";

/** A judge that is named, ready to be opened beside a store. */
export interface Judge {
  /** Options in which traces that nothing else proves go before the judge, whose replies the store keeps. */
  judging(options: ChosenOptions, store: CompletionStore): ChosenOptions;
  /** What its replies took since this was last asked, those that the store gave included. */
  spent(): Spent;
  close(): Promise<void>;
}

/** Tokens, prompt and completion together, and US dollars; null where nobody says. */
export interface Spent {
  tokens: number | null;
  cost: number | null;
}

const nothing: Spent = { tokens: 0, cost: 0 };

/**
 * The model that `--judge` names.
 * @throws CotError: `usage` for the built-in model, which reads no solutions; `key` where one is missing
 */
export async function openJudge(settings: DistillSettings, terminal: Terminal): Promise<Judge> {
  const { judge } = settings;
  if (judge === undefined)
    return { judging: (options) => options, spent: () => nothing, close: () => Promise.resolve() };
  if (builtinName(judge) !== undefined) {
    throw usageError(`--judge ${judge}: the built-in model solves questions, and cannot judge solutions`);
  }
  const { spec, settings: resolved } = await resolveModel(
    await roleFlags(judge, settings, terminal),
    terminal,
  );
  const shared = await addCache(resolved, settings, terminal);
  const { openModel } = await import("../../models/open.ts");
  const model: Model = await openModel(spec, resolved);
  let spent = nothing;
  const counted = ({ id, endpoint, generate }: Model): Model => ({
    id,
    endpoint,
    async *generate(request, signal) {
      for await (const event of generate(request, signal)) {
        if (event.type === "finish") spent = event.completions.reduce(plus, spent);
        yield event;
      }
    },
  });
  return {
    judging: (options, store) => ({
      ...options,
      verify: { ...options.verify, judge: counted(cache(store, { keepFailures: true })(model)) },
    }),
    spent() {
      const since = spent;
      spent = nothing;
      return since;
    },
    close: async () => shared?.close(),
  };
}

function plus(spent: Spent, { usage, cost }: Completion): Spent {
  const { promptTokens, completionTokens } = usage;
  const known = spent.tokens !== null && completionTokens !== null;
  return {
    tokens: known ? spent.tokens! + (promptTokens ?? 0) + completionTokens : null,
    cost: sumCost([spent.cost, cost ?? null]),
  };
}
