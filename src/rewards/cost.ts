import type { Reward } from "./reward.ts";

/** US dollars that are worth one half. */
const half = 0.01;

/** A cheap sample is worth more: 1 for nothing, 1/2 at a cent, towards 0; null where the price is unknown. */
export const cost: Reward = (sample) => (sample.cost === null ? null : half / (half + sample.cost));
