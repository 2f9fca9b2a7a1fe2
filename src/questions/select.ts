import { seededRandom, stableHash } from "../random.ts";
import type { Question } from "./question.ts";

export interface Selection {
  limit?: number;
  pick?: number;
  seed?: number;
  shard?: { index: number; count: number };
}

/** Hashes from `low` on and below `high` are a shard's. */
export interface ShardBounds {
  low: number;
  high: number;
}

/**
 * Which questions of an input are asked, told one by one in the input's order: the first `limit`, of these `pick`
 * drawn (selection sampling, Knuth's algorithm S, so that nothing is held), of these the shard's.
 * @param total how many questions the input holds; only `pick` needs it
 * @param bounds of the shard; only `shard` needs them
 */
export function selector(
  { limit = Infinity, pick, seed = 0 }: Selection,
  total: number,
  bounds?: ShardBounds,
): (question: Question) => "take" | "leave" | "end" {
  const random = seededRandom(seed);
  let population = Math.min(limit, total);
  let wanted = pick === undefined ? 0 : Math.min(pick, population);
  let seen = 0;
  return ({ id }) => {
    if (seen++ >= limit) return "end";
    if (pick !== undefined) {
      const drawn = random() * population-- < wanted;
      if (!drawn) return "leave";
      wanted -= 1;
    }
    if (bounds === undefined) return "take";
    const hash = stableHash(id);
    return hash >= bounds.low && hash < bounds.high ? "take" : "leave";
  };
}

/** Cuts all ids, by their hashes, into parts whose sizes differ by one. */
export function shardBounds(
  ids: readonly number[],
  { index, count }: NonNullable<Selection["shard"]>,
): ShardBounds {
  const hashes = Uint32Array.from(ids).sort();
  const edge = (part: number): number => hashes[Math.floor((part * hashes.length) / count)] ?? 2 ** 32;
  return { low: index === 1 ? 0 : edge(index - 1), high: index === count ? 2 ** 32 : edge(index) };
}
