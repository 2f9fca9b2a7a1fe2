import { statesAnswer } from "../reasoning/sample.ts";
import type { Reward } from "./reward.ts";

/** 1 where the sample reasons first and then states its answer in a form that cannot be missed, else 0. */
export const format: Reward = (sample) => (statesAnswer(sample) && sample.reasoning !== null ? 1 : 0);
