import { batchRows, packRows, positions, type Sequence } from "./pack.ts";
import { longShape, shortShape } from "./stream.ts";
import type { Trainer } from "./trainer.ts";

export interface Measured {
  /** Mean negative log-likelihood of a token. */
  loss: number;
  /** Share of the sequences that greedy decoding would reproduce to the last token: a lower bound of accuracy. */
  exact: number;
}

/** Measures given sequences without decoding: reading them with the right answers in front of the network. */
export function measureSequences(trainer: Trainer, sequences: readonly Sequence[]): Measured {
  let loss = 0;
  let learned = 0;
  let exact = 0;
  let count = 0;
  for (const { shape, members } of [
    { shape: shortShape, members: sequences.filter((each) => positions(each) <= shortShape.T) },
    { shape: longShape, members: sequences.filter((each) => positions(each) > shortShape.T) },
  ]) {
    const rows = packRows(members, shape.T);
    for (let start = 0; start < rows.length; start += shape.B) {
      const group = rows.slice(start, start + shape.B);
      const batch = batchRows(group, shape.B, shape.T);
      const { logProbabilities, best } = trainer.score(batch);
      group.forEach((row, rowIndex) => {
        let position = rowIndex * shape.T;
        for (const sequence of row) {
          let right = true;
          for (const end = position + positions(sequence); position < end; position++) {
            if (batch.learned[position] === 0) continue;
            loss -= logProbabilities[position]!;
            learned++;
            right &&= best[position] === 1;
          }
          count++;
          if (right) exact++;
        }
      });
    }
  }
  return { loss: loss / learned, exact: exact / count };
}
