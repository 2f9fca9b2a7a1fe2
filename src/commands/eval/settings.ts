import type { GroupSettings } from "../flags/flag.ts";
import type { evalFlags } from "../flags/eval.ts";
import type { callFlags } from "../flags/model.ts";
import type { questionFlags } from "../flags/questions.ts";
import type { reasoningFlags } from "../flags/reasoning.ts";
import type { resultFlags } from "../flags/results.ts";
import type { FlagGroup } from "../flags/flag.ts";

type Kept<Group, Left extends string> =
  Group extends FlagGroup<infer Flags> ? FlagGroup<Omit<Flags, Left>> : never;
type Picked<Group, Taken extends string> =
  Group extends FlagGroup<infer Flags> ? FlagGroup<Pick<Flags, Taken & keyof Flags>> : never;

export type EvalSettings = GroupSettings<
  readonly [
    typeof evalFlags,
    Picked<typeof resultFlags, "output" | "json" | "fresh" | "retryFailed" | "maxFailures">,
    typeof questionFlags,
    Kept<typeof reasoningFlags, "vote" | "confidence" | "minAgreement">,
    ...typeof callFlags,
  ]
>;
