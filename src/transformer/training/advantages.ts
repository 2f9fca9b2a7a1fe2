/**
 * Group-relative advantages (Shao et al., DeepSeekMath, 2024): how many standard deviations each reward lies above the
 * mean of the answers to the same question. Null rewards could not be judged and teach nothing.
 * @returns undefined where all rewards are alike: such a group teaches nothing either
 */
export function groupAdvantages(rewards: readonly (number | null)[]): number[] | undefined {
  const judged = rewards.filter((reward) => reward !== null);
  const mean = judged.reduce((sum, each) => sum + each, 0) / judged.length;
  const variance = judged.reduce((sum, each) => sum + (each - mean) ** 2, 0) / judged.length;
  if (!(variance > 1e-12)) return undefined;
  return rewards.map((reward) => (reward === null ? 0 : (reward - mean) / Math.sqrt(variance)));
}

/**
 * The weight of one token's log-likelihood whose gradient is that of PPO's clipped objective (Schulman et al., 2017),
 * less `kl` times the divergence from a reference (the k3 estimator of Schulman, 2020).
 * @param ratio the token's probability now over that when it was drawn
 * @param overReference the reference's probability of the token over that now
 */
export function tokenWeight(
  advantage: number,
  ratio: number,
  clip: number,
  kl: number,
  overReference = 1,
): number {
  const cut = advantage > 0 ? ratio > 1 + clip : ratio < 1 - clip;
  return (cut ? 0 : advantage * ratio) + kl * (overReference - 1);
}
