import type { Random } from "../random.ts";

/** Standard normal draws (Box–Muller) from a uniform source. */
export function normalFrom(random: Random): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
