/** The names of `--export` and `--as`; the order in which a row is recognised. */
export const formatNames = ["messages", "prompt-completion", "sharegpt", "alpaca", "dpo"] as const;

export type FormatName = (typeof formatNames)[number];
