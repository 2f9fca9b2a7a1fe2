import { randomInteger, randomItem, type Random } from "../../../src/random.ts";

/** A completion and the gold it is judged against, drawn from the forms that models write under the exports' prompt. */
export function drawCompletion(random: Random): { text: string; gold: string } {
  const gold = drawGold(random);
  const said = random() < 0.55 ? sameValue(random, gold) : drawGold(random);
  const steps = randomItem(random, [
    "",
    "First 3 + 4 = 7, then 7 × 2 = 14.\n\n",
    "<think>\nIs it \\boxed{5}? No: 12 - 5 = 7.\n</think>\n\n",
    "Let x be the number. A first guess is \\boxed{99}, which is wrong.\n",
    "We get $\\frac{1}{2}$ of 10, so 5.\n",
  ]);
  const ending = randomItem<(answer: string) => string>(random, [
    (answer) => `\\boxed{${answer}}`,
    (answer) => `Thus $\\boxed{${answer}}$.`,
    (answer) => `\\[\\boxed{${answer}}\\]`,
    (answer) => `So the final answer is \\boxed{${answer}}.`,
    (answer) => `**Answer:** \\boxed{${answer}}`,
    (answer) => `Answer: ${marked(answer)}`,
    (answer) => `The answer is ${marked(answer)}.`,
    // GSM8K's, which is never LaTeX
    (answer) => (answer.includes("\\") ? `\\boxed{${answer}}` : `#### ${answer}`),
    () => "I cannot tell.",
  ]);
  return { text: steps + ending(said), gold };
}

function drawGold(random: Random): string {
  const whole = randomInteger(random, 0, 1500);
  const kind = random();
  if (kind < 0.5) return String(whole);
  if (kind < 0.6) return `-${whole + 1}`;
  if (kind < 0.7) return `${whole}.${randomItem(random, ["5", "25", "125", "50"])}`;
  if (kind < 0.8) return `${randomInteger(random, 1, 9)}/${randomInteger(random, 2, 12)}`;
  if (kind < 0.9) return `${randomInteger(random, 1, 99)}%`;
  return randomItem(random, ["A", "B", "C", "D"]);
}

/** Another way of writing it. */
function sameValue(random: Random, gold: string): string {
  const fraction = /^(\d+)\/(\d+)$/.exec(gold);
  if (fraction)
    return randomItem(random, [
      gold,
      `\\frac{${fraction[1]}}{${fraction[2]}}`,
      `\\dfrac{${fraction[1]}}{${fraction[2]}}`,
    ]);
  if (/^[A-D]$/.test(gold)) return gold;
  if (/^\d{4}$/.test(gold)) return randomItem(random, [gold, `${gold[0]},${gold.slice(1)}`, `${gold}.0`]);
  if (/^\d+$/.test(gold)) return randomItem(random, [gold, `${gold}.0`, gold]);
  return gold;
}

/** LaTeX in running text stands between dollar signs. */
function marked(answer: string): string {
  return answer.includes("\\") ? `$${answer}$` : answer;
}
