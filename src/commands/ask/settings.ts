import type { GroupSettings } from "../flags/flag.ts";
import type { callFlags } from "../flags/model.ts";
import type { questionFlags } from "../flags/questions.ts";
import type { questionContextFlags, reasoningFlags } from "../flags/reasoning.ts";
import type { resultFlags } from "../flags/results.ts";

export type AskSettings = GroupSettings<
  readonly [
    typeof questionContextFlags,
    typeof reasoningFlags,
    typeof resultFlags,
    typeof questionFlags,
    ...typeof callFlags,
  ]
>;
