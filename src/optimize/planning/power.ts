import { signTest } from "../../eval/statistics.ts";

/**
 * The chance that the exact McNemar test proves a true gain (p < 0.05) on so many paired questions: summed over the
 * number of questions on which the two differ, and over who wins them.
 * @param questions how many are tested
 * @param gain the true difference in accuracy, 0..1
 * @param discordant the share of questions on which the two differ, 0..1; at least `gain`
 */
export function mcNemarPower(questions: number, gain: number, discordant: number): number {
  const share = Math.min(1, Math.max(discordant, gain));
  const wins = share === 0 ? 0.5 : (share + gain) / (2 * share);
  let power = 0;
  for (let differing = 0; differing <= questions; differing++) {
    const chance = binomial(questions, differing, share);
    if (chance < 1e-9) continue;
    for (let won = Math.ceil(differing / 2); won <= differing; won++) {
      if (signTest(won, differing - won) < 0.05) power += chance * binomial(differing, won, wins);
    }
  }
  return power;
}

function binomial(n: number, k: number, p: number): number {
  if (p === 0) return k === 0 ? 1 : 0;
  if (p === 1) return k === n ? 1 : 0;
  return Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log(1 - p));
}

function logChoose(n: number, k: number): number {
  let total = 0;
  for (let i = 1; i <= k; i++) total += Math.log(n - k + i) - Math.log(i);
  return total;
}
