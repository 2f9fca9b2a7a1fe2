/** How hard a reasoning model is asked to think, least to most; endpoints know some of them. */
export const efforts = ["none", "minimal", "low", "medium", "high", "xhigh", "max"] as const;

export type Effort = (typeof efforts)[number];
