/** Words of a text, lower case; numbers and single signs count as words. */
export function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}]+|\p{N}+|[^\s\p{L}\p{N}]/gu) ?? [];
}

/** The sets of `n` words that follow one another; a shorter text is one shingle. */
export function shingles(text: string, n: number): Set<string> {
  const all = words(text);
  if (all.length <= n) return new Set(all.length === 0 ? [] : [all.join(" ")]);
  const set = new Set<string>();
  for (let at = 0; at + n <= all.length; at++) set.add(all.slice(at, at + n).join(" "));
  return set;
}

/** Shared items over all items, 0..1 (Jaccard). */
export function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 && b.size === 0) return 1;
  let shared = 0;
  for (const item of a) if (b.has(item)) shared++;
  return shared / (a.size + b.size - shared);
}

/** The numbers of a text in their order of size: two word problems with other numbers are two problems. */
export function numbersIn(text: string): string {
  return (text.match(/\d+(?:\.\d+)?/g) ?? []).sort().join(" ");
}
