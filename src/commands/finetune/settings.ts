import type { finetuneFlags } from "../flags/finetune.ts";
import type { SettingsOf } from "../flags/flag.ts";
import type { endpointFlags, generalFlags, limitFlags, samplingFlags } from "../flags/model.ts";
import type { questionFlags } from "../flags/questions.ts";
import type { resultFlags } from "../flags/results.ts";

export type FinetuneSettings = SettingsOf<
  (typeof finetuneFlags)["flags"] &
    Pick<(typeof samplingFlags)["flags"], "seed"> &
    Pick<(typeof resultFlags)["flags"], "fresh" | "json"> &
    (typeof questionFlags)["flags"] &
    (typeof endpointFlags)["flags"] &
    Pick<(typeof limitFlags)["flags"], "dryRun"> &
    (typeof generalFlags)["flags"]
>;
