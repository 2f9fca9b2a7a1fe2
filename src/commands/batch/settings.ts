import type { batchFlags } from "../flags/batch.ts";
import type { GroupSettings } from "../flags/flag.ts";
import type { callFlags } from "../flags/model.ts";
import type { questionFlags } from "../flags/questions.ts";
import type { reasoningFlags } from "../flags/reasoning.ts";
import type { resultFlags } from "../flags/results.ts";

/** What the flags of `cot batch` said. */
export type BatchSettings = GroupSettings<
  readonly [
    typeof reasoningFlags,
    typeof resultFlags,
    typeof questionFlags,
    typeof batchFlags,
    ...typeof callFlags,
  ]
>;
