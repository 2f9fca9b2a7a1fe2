import type { Random } from "../../../random.ts";
import { randomInteger, randomItem } from "../../../random.ts";
import { anyNumber, everydayNumber, threeDigits, twoDigits } from "./draw.ts";
import { expand } from "./template.ts";
import { outsideKinds } from "./wordings/outside.ts";

/** A question that is to be refused: one kind, then one of its wordings, with its numbers filled in. */
export function drawOutside(random: Random): { wording: string; numbers: Record<string, number> } {
  const kind = randomItem(random, outsideKinds);
  const wording = expand(random, randomItem(random, kind.wordings));
  return {
    wording,
    numbers: {
      a: anyNumber(random),
      b: everydayNumber(random),
      c: everydayNumber(random),
      p: twoDigits(random),
      h: threeDigits(random),
      i: threeDigits(random),
      s: randomInteger(random, 2, 9),
      l: randomInteger(random, 1000, 99_999),
      o: 2 * randomInteger(random, 5, 99) + 1,
      y: randomInteger(random, 1000, 2030),
    },
  };
}
