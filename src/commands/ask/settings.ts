import type { FormatName } from "../../output/formats/format.ts";
import type { AskOptions } from "../../reasoning/options.ts";
import type { OpenedModel } from "../open-model.ts";
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

/** How a question is asked, and how its result is shown. */
export interface Asked {
  options: AskOptions;
  opened: OpenedModel;
  format: FormatName;
  settings: AskSettings;
}
