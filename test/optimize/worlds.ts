import type { Factor, Setting } from "../../src/optimize/search/space.ts";
import type { Random } from "../../src/random.ts";

/**
 * Simulated models whose accuracy depends on the settings in known ways. Fixed before the optimiser was tuned, and
 * not to be changed after: what the tables of `npm run bench:optimize` say would mean nothing otherwise.
 */
export interface World {
  factors: readonly Factor[];
  questions: number;
  /** The chance that a rollout of this setting on this question is right, 0..1. */
  chance(setting: Setting, question: number): number;
  /** The mean chance over the population of questions: what a setting is truly worth. */
  value(setting: Setting): number;
}

/** 8 × 5 × 5 × 4 × 4 × 4 = 12,800 joint settings. */
export const factors: readonly Factor[] = [
  { name: "instruction", levels: 8 },
  { name: "strategy", levels: 5 },
  { name: "demonstrations", levels: 5 },
  { name: "temperature", levels: 4 },
  { name: "samples", levels: 4 },
  { name: "effort", levels: 4 },
];

const QUESTIONS = 400;

export const worlds: Record<string, (random: Random) => World> = {
  /** Each level adds its own effect. */
  additive(random) {
    const effect = levelEffects(random, 0.3);
    return world(random, (setting) => -0.5 + sum(setting, effect));
  },

  /** What a level is worth depends mostly on the other levels. */
  interactions(random) {
    const effect = levelEffects(random, 0.1);
    const pairs = pairEffects(random, 0.2);
    return world(random, (setting) => -0.5 + sum(setting, effect) + pairs(setting));
  },

  /** Nothing helps until one instruction and one strategy together make the answers readable. */
  formatUnlock(random) {
    const effect = levelEffects(random, 0.4);
    const instruction = 1 + Math.floor(random() * 7);
    const strategy = 1 + Math.floor(random() * 4);
    return world(random, (setting) =>
      setting[0] === instruction || setting[1] === strategy
        ? setting[0] === instruction && setting[1] === strategy
          ? 0.5 + sum(setting, effect)
          : -1.5 + 0.3 * sum(setting, effect)
        : -2.5,
    );
  },

  /** No setting differs from another. */
  nothingHelps(random) {
    return world(random, () => -0.2);
  },

  /** Every proposal is worse than the initial policy: for the false positives. */
  allWorse(random) {
    const effect = levelEffects(random, 0.4).map((levels) => levels.map((one) => -Math.abs(one)));
    return world(random, (setting) => 0.3 + sum(setting, effect));
  },
};

function levelEffects(random: Random, sd: number): number[][] {
  return factors.map((factor) =>
    Array.from({ length: factor.levels }, (_, level) => (level === 0 ? 0 : sd * normal(random))),
  );
}

function pairEffects(random: Random, sd: number): (setting: Setting) => number {
  const tables = factors.map((a, i) =>
    factors.map((b, j) =>
      j <= i
        ? []
        : Array.from({ length: a.levels * b.levels }, (_, cell) => (cell === 0 ? 0 : sd * normal(random))),
    ),
  );
  return (setting) => {
    let total = 0;
    for (let i = 0; i < factors.length; i++) {
      for (let j = i + 1; j < factors.length; j++)
        total += tables[i]![j]![setting[i]! * factors[j]!.levels + setting[j]!]!;
    }
    return total;
  };
}

function sum(setting: Setting, effect: number[][]): number {
  return setting.reduce((total, level, factor) => total + effect[factor]![level]!, 0);
}

function world(random: Random, logit: (setting: Setting) => number): World {
  const difficulty = Array.from({ length: QUESTIONS }, () => normal(random));
  const chance = (setting: Setting, question: number) => sigmoid(logit(setting) - difficulty[question]!);
  const value = (setting: Setting) => {
    let total = 0;
    for (let question = 0; question < QUESTIONS; question++) total += chance(setting, question);
    return total / QUESTIONS;
  };
  return { factors, questions: QUESTIONS, chance, value };
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** A standard normal draw (Box–Muller). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
