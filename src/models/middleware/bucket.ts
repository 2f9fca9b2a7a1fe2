/** A token bucket: paces evenly, with a burst of at most one second's share. */
export interface Bucket {
  /** Milliseconds until so much may be taken; 0 for now. What is more than a burst waits for a full bucket. */
  delay(amount: number, nowMs: number): number;
  /** Takes, perhaps into debt; a negative amount gives back. */
  take(amount: number, nowMs: number): void;
}

/** @param perMinute above 0 */
export function createBucket(perMinute: number, startMs: number): Bucket {
  const perMs = perMinute / 60_000;
  // below one a second the burst is still one
  const burst = Math.max(1, perMs * 1000);
  let level = burst;
  let filledAt = startMs;

  function fill(nowMs: number): void {
    level = Math.min(burst, level + Math.max(0, nowMs - filledAt) * perMs);
    filledAt = nowMs;
  }

  return {
    delay(amount, nowMs) {
      fill(nowMs);
      const missing = Math.min(amount, burst) - level;
      // a rounding error is no reason to wait
      return missing <= 1e-9 ? 0 : missing / perMs;
    },
    take(amount, nowMs) {
      fill(nowMs);
      level = Math.min(burst, level - amount);
    },
  };
}
