import { seededRandom, shuffled, stableHash } from "../../random.ts";
import { tokenWeight } from "./advantages.ts";
import { batchRows, packRows, type Batch, type Sequence } from "./pack.ts";
import type { Rollout } from "./rollouts.ts";
import { answerShape, longShape, shortShape } from "./stream.ts";
import type { Trainer } from "./trainer.ts";

export interface Scored {
  rollout: Rollout;
  advantage: number;
}

export interface Update {
  trainer: Trainer;
  reference: Trainer | undefined;
  clip: number;
  kl: number;
  rate: number;
  minibatches: number;
  seed: string;
}

/** One or several updates from one set of rollouts. */
export function updatePolicy(
  scored: readonly Scored[],
  { trainer, reference, clip, kl, rate, minibatches, seed }: Update,
): { gradientNorm: number; divergence: number | null } {
  const order = shuffled(seededRandom(stableHash(seed)), scored);
  let gradientNorm = 0;
  let divergence = 0;
  for (let part = 0; part < minibatches && order.length > 0; part++) {
    const share = order.filter((_, i) => i % minibatches === part);
    const tokens = share.reduce((sum, { rollout }) => sum + rollout.tokens.length, 0);
    const batches = packBatches(share);
    for (const { batch, oldLogProbabilities } of batches) {
      // weights hold the advantages; the first update is on policy: every ratio is 1
      if (part === 0 && reference === undefined) continue;
      const now = trainer.score(batch).logProbabilities;
      const referred = reference?.score(batch).logProbabilities;
      batch.weights.forEach((advantage, i) => {
        if (batch.learned[i] === 0) return;
        const ratio = part === 0 ? 1 : Math.exp(now[i]! - oldLogProbabilities[i]!);
        const difference = referred === undefined ? 0 : referred[i]! - now[i]!;
        batch.weights[i] = tokenWeight(advantage, ratio, clip, kl, Math.exp(difference));
        divergence += (Math.exp(difference) - difference - 1) / (tokens * minibatches);
      });
    }
    const report = trainer.step(
      batches.map(({ batch }) => batch),
      rate,
      tokens,
    );
    gradientNorm += report.gradientNorm / minibatches;
  }
  return { gradientNorm, divergence: reference === undefined ? null : divergence };
}

/** Batches whose weights are the advantages, and beside each position the log-probability that its target was drawn with. */
function packBatches(scored: readonly Scored[]): { batch: Batch; oldLogProbabilities: Float32Array }[] {
  const sequenceOf = ({ rollout, advantage }: Scored): Sequence => ({
    prompt: rollout.prompt,
    completion: rollout.tokens,
    weight: advantage,
  });
  const old = new Map<Sequence, number[]>(
    scored.map((each) => [sequenceOf(each), each.rollout.logProbabilities]),
  );
  const longest = Math.max(
    ...[...old.keys()].map(({ prompt, completion }) => prompt.length + completion.length - 1),
  );
  const { B, T } = [answerShape, shortShape].find((shape) => longest <= shape.T) ?? longShape;
  const rows = packRows([...old.keys()], T);
  return Array.from({ length: Math.ceil(rows.length / B) }, (_, i) => {
    const group = rows.slice(i * B, (i + 1) * B);
    const batch = batchRows(group, B, T);
    const drawn = group.map((row) => row.map((sequence) => ({ ...sequence, weight: old.get(sequence)! })));
    const oldLogProbabilities = batchRows(drawn, B, T).weights;
    return { batch, oldLogProbabilities };
  });
}
