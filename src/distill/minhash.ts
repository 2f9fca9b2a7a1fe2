import { stableHash } from "../random.ts";

const HASHES = 64;
const BANDS = 16;

/**
 * Finds near duplicates without comparing all with all: MinHash signatures of shingle sets (Broder 1997), cut into
 * bands, so that sets of a similarity over about 0.84 meet in some band with a chance of nearly 1 (Leskovec, Rajaraman
 * and Ullman, Mining of Massive Datasets, 3.4).
 */
export interface NearIndex {
  /** Ids of those already in whose signature meets this one's in a band: candidates, to be compared. */
  candidates(set: ReadonlySet<string>): string[];
  add(id: string, set: ReadonlySet<string>): void;
}

export function createNearIndex(): NearIndex {
  const buckets = new Map<string, string[]>();
  return {
    candidates: (set) => [...new Set(bandKeys(set).flatMap((key) => buckets.get(key) ?? []))],
    add(id, set) {
      for (const key of bandKeys(set)) {
        const bucket = buckets.get(key);
        if (bucket) bucket.push(id);
        else buckets.set(key, [id]);
      }
    },
  };
}

function bandKeys(set: ReadonlySet<string>): string[] {
  const signature = minHashes(set);
  const rows = HASHES / BANDS;
  return Array.from(
    { length: BANDS },
    (_, band) => `${band}:${signature.slice(band * rows, (band + 1) * rows).join(",")}`,
  );
}

/** The smallest value of each of 64 hash functions over the set: affine maps of one 32-bit hash. */
function minHashes(set: ReadonlySet<string>): number[] {
  const minima = new Array<number>(HASHES).fill(0xffffffff);
  for (const item of set) {
    const hash = stableHash(item);
    for (let i = 0; i < HASHES; i++) {
      let value = Math.imul(hash ^ Math.imul(i + 1, 0x9e3779b1), 0x85ebca6b + 2 * i);
      value = (value ^ (value >>> 15)) >>> 0;
      if (value < minima[i]!) minima[i] = value;
    }
  }
  return minima;
}
