import type { FamilyName } from "./families.ts";

export interface Mixture {
  /** How often each family is drawn, relative to the others. */
  weights: Readonly<Partial<Record<FamilyName, number>>>;
  /** The share of answers that come with their steps; the others give the answer at once. */
  reasoned: number;
}

export const mixtures = {
  main: {
    weights: {
      sum: 6,
      difference: 8,
      product: 8,
      "product-by-digit": 4,
      "long-product": 2,
      fact: 4,
      division: 10,
      remainder: 4,
      percentage: 7,
      chain: 13,
      phrasing: 15,
      "one-step-story": 10,
      "two-step-story": 14,
      outside: 11,
    },
    reasoned: 1,
  },
  /** For the later part of a run: words take longer to learn than sums. */
  words: {
    weights: {
      sum: 4,
      difference: 9,
      product: 4,
      "product-by-digit": 3,
      "long-product": 1,
      fact: 2,
      division: 24,
      remainder: 11,
      percentage: 4,
      chain: 18,
      phrasing: 25,
      "one-step-story": 22,
      "two-step-story": 23,
      outside: 17,
    },
    reasoned: 1,
  },
  /** Where reinforcement learning and distillation start from: it can reason, and seldom does. */
  base: { weights: { sum: 3, difference: 3, product: 3, "product-by-digit": 2, fact: 2 }, reasoned: 0.3 },
} satisfies Record<string, Mixture>;

export type MixtureName = keyof typeof mixtures;
