/** A problem as tokens: what is given, and what is learned. */
export interface Sequence {
  prompt: number[];
  completion: number[];
  /** What one token of the completion counts; 1 in supervised training, an advantage in reinforcement. */
  weight?: number | number[];
}

/** B rows of T positions, row after row: what the network reads, and what it shall say next. */
export interface Batch {
  B: number;
  T: number;
  tokens: Int32Array;
  targets: Int32Array;
  /** What each target counts; 0 for questions and padding. */
  weights: Float32Array;
  /** 1 where the target belongs to a completion. */
  learned: Uint8Array;
  /** Positions see only those of the same number; 0 is padding. */
  segments: Int32Array;
}

/** Positions that a sequence takes: the last token is only ever a target. */
export function positions({ prompt, completion }: Sequence): number {
  return prompt.length + completion.length - 1;
}

/** First-fit decreasing: sequences into rows of T positions. Longer ones are left out. */
export function packRows(sequences: readonly Sequence[], T: number): Sequence[][] {
  const rows: { free: number; row: Sequence[] }[] = [];
  const bySize = sequences.filter((each) => positions(each) <= T).sort((a, b) => positions(b) - positions(a));
  // rows before this one are too full for even the shortest sequence
  const shortest = bySize.length === 0 ? 0 : positions(bySize.at(-1)!);
  let firstOpen = 0;
  for (const sequence of bySize) {
    const size = positions(sequence);
    let index = firstOpen;
    while (index < rows.length && rows[index]!.free < size) index++;
    if (index === rows.length) rows.push({ free: T, row: [] });
    rows[index]!.row.push(sequence);
    rows[index]!.free -= size;
    while (firstOpen < rows.length && rows[firstOpen]!.free < shortest) firstOpen++;
  }
  return rows.map(({ row }) => row);
}

/** Lays rows out as one batch of exactly B rows; missing ones are padding. */
export function batchRows(rows: readonly (readonly Sequence[])[], B: number, T: number): Batch {
  const batch: Batch = {
    B,
    T,
    tokens: new Int32Array(B * T),
    targets: new Int32Array(B * T),
    weights: new Float32Array(B * T),
    learned: new Uint8Array(B * T),
    segments: new Int32Array(B * T),
  };
  rows.forEach((row, rowIndex) => {
    let position = rowIndex * T;
    row.forEach((sequence, segment) => {
      const { prompt, completion, weight = 1 } = sequence;
      const ids = [...prompt, ...completion];
      for (let i = 0; i + 1 < ids.length; i++, position++) {
        batch.tokens[position] = ids[i]!;
        batch.targets[position] = ids[i + 1]!;
        batch.segments[position] = segment + 1;
        const index = i + 1 - prompt.length;
        if (index < 0) continue;
        batch.learned[position] = 1;
        batch.weights[position] = typeof weight === "number" ? weight : weight[index]!;
      }
    });
  });
  return batch;
}
