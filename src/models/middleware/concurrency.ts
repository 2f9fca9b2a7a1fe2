import type { ConcurrencyLaw } from "./limit.ts";

/** The law behind `--concurrency auto`. */
export function autoConcurrency(): ConcurrencyLaw {
  return { limit: 1, onSample: () => undefined };
}
