import type { GroupSettings, SettingsOf } from "../flags/flag.ts";
import type { callFlags } from "../flags/model.ts";
import type { optimizeFlags } from "../flags/optimize.ts";
import type { questionFlags } from "../flags/questions.ts";
import type { resultFlags } from "../flags/results.ts";

/** What the flags of `cot optimize` said. */
export type OptimizeSettings = GroupSettings<
  readonly [typeof optimizeFlags, typeof questionFlags, ...typeof callFlags]
> &
  Pick<SettingsOf<(typeof resultFlags)["flags"]>, "output" | "json" | "fresh">;
