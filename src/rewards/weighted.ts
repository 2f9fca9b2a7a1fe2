/** One named part of a reward, as it judged a sample. */
export interface JudgedPart {
  name: string;
  weight: number;
  /** Null where it cannot judge. */
  value: number | null;
}

/** Parts that pay for saying little. */
const brevity: readonly string[] = ["length", "cost"];
/** Of the weight of accuracy: the most that a wrong answer earns by its format, and by everything. */
const consolation = { format: 0.1, everything: 0.5 };

/**
 * The weighted sum of the parts that could judge; null where none could. Beside accuracy the others are kept in their
 * place, or a model learns to game them: correctness comes first, so a wrong answer never earns what a right one does;
 * format is a little help on the way there, and counts only while the answer is wrong; brevity counts only among right
 * answers, or the shortest guess would pay best.
 */
export function weightedReward(parts: readonly JudgedPart[]): number | null {
  const judged = parts.filter((part) => part.value !== null);
  if (judged.length === 0) return null;
  const accuracy = judged.find(({ name, weight }) => name === "accuracy" && weight > 0);
  if (accuracy === undefined) return sum(judged.map(worth));
  if (accuracy.value === 1) return sum(judged.filter(({ name }) => name !== "format").map(worth));
  const beside = judged.filter((part) => part !== accuracy && !brevity.includes(part.name));
  const earned = beside.map((part) =>
    part.name === "format" ? Math.min(worth(part), consolation.format * accuracy.weight) : worth(part),
  );
  return Math.min(sum(earned), consolation.everything * accuracy.weight);
}

/** The most that the parts can earn together; each is from 0 to 1. */
export function highestWeighted(weights: ReadonlyMap<string, number>): number {
  const accuracy = weights.get("accuracy") ?? 0;
  const counted = [...weights].filter(([name]) => accuracy <= 0 || name !== "format");
  return sum(counted.map(([, weight]) => Math.max(0, weight)));
}

function worth({ weight, value }: JudgedPart): number {
  return weight * value!;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
