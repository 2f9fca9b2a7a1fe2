export interface Piece {
  text: string;
  kind: "same" | "out" | "in";
}

/** Words taken out and put in, by the longest common subsequence; white space goes with the words. */
export function wordDiff(before: string, after: string): Piece[] {
  const a = before.split(/(?<=\s)(?=\S)/);
  const b = after.split(/(?<=\s)(?=\S)/);
  const common = lengths(a, b);
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      pieces.push({ text: a[i]!, kind: "same" });
      i++;
      j++;
    } else if (i < a.length && (j === b.length || common[i + 1]![j]! >= common[i]![j + 1]!)) {
      pieces.push({ text: a[i++]!, kind: "out" });
    } else {
      pieces.push({ text: b[j++]!, kind: "in" });
    }
  }
  return pieces.filter(({ text }) => text !== "");
}

/** Of the longest common subsequence of what is left from i and j on. */
function lengths(a: readonly string[], b: readonly string[]): number[][] {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i]![j] =
        a[i] === b[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
    }
  }
  return table;
}
