import { createHash } from "node:crypto";

/** Keeps what can be used, and counts the rest by reason. */
export function sortOut<T>(
  all: readonly T[],
  reasonAgainst: (each: T) => string | undefined,
  leftOut: Record<string, number>,
): T[] {
  return all.filter((each) => {
    const reason = reasonAgainst(each);
    if (reason !== undefined) leftOut[reason] = (leftOut[reason] ?? 0) + 1;
    return reason === undefined;
  });
}

/** Tells one data set from another. */
export function fingerprint(data: unknown): string {
  return createHash("sha256").update(JSON.stringify(data)).digest("hex").slice(0, 16);
}
