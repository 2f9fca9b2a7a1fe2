import type { Random } from "../../../../random.ts";
import { randomItem } from "../../../../random.ts";

export interface Currency {
  /** An amount, `$12` or `12 euros`. */
  amount: (number: string) => string;
  /** `dollars` */
  unit: string;
}

const currencies: readonly Currency[] = [
  { amount: (number) => `$${number}`, unit: "dollars" },
  { amount: (number) => `$${number}`, unit: "dollars" },
  { amount: (number) => `${number} dollars`, unit: "dollars" },
  { amount: (number) => `€${number}`, unit: "euros" },
  { amount: (number) => `${number} euros`, unit: "euros" },
  { amount: (number) => `${number} euro`, unit: "euro" },
  { amount: (number) => `£${number}`, unit: "pounds" },
  { amount: (number) => `${number} pounds`, unit: "pounds" },
  { amount: (number) => `${number} cents`, unit: "cents" },
  { amount: (number) => `${number} coins`, unit: "coins" },
  { amount: (number) => `${number} bucks`, unit: "bucks" },
  { amount: (number) => `${number} rupees`, unit: "rupees" },
];

export function drawCurrency(random: Random): Currency {
  return randomItem(random, currencies);
}
