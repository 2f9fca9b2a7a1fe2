import { seededRandom, stableHash } from "../random.ts";
import type { Question } from "./question.ts";

export interface Selection {
  limit?: number;
  pick?: number;
  seed?: number;
  shard?: { index: number; count: number };
}

/**
 * Which questions of an input are asked, told one by one in the input's order: the first `limit`, of these `pick`
 * drawn (selection sampling, Knuth's algorithm S, so that nothing is held), of these the shard's.
 * @param total how many questions the input holds; only `pick` needs it
 */
export function selector(
  { limit = Infinity, pick, seed = 0, shard }: Selection,
  total: number,
): (question: Question) => "take" | "leave" | "end" {
  const random = seededRandom(seed);
  let population = Math.min(limit, total);
  let wanted = pick === undefined ? 0 : Math.min(pick, population);
  let seen = 0;
  return (question) => {
    if (seen++ >= limit) return "end";
    if (pick !== undefined) {
      const drawn = random() * population-- < wanted;
      if (!drawn) return "leave";
      wanted -= 1;
    }
    return shard === undefined || isInShard(question.id, shard) ? "take" : "leave";
  };
}

function isInShard(id: string, { index, count }: { index: number; count: number }): boolean {
  return stableHash(id) % count === index - 1;
}
