import { randomInteger } from "../../../random.ts";
import { drawChain, drawTally } from "./chains.ts";
import { inSigns, type Family } from "./drafts.ts";
import { oneDigit, threeDigits, twoDigits } from "./draw.ts";
import { operation, type Operator } from "./expression.ts";
import { division, operands, swapped } from "./operands.ts";
import { outside } from "./outside.ts";
import { phrasing, remainder } from "./phrasings.ts";
import { story } from "./word-problems.ts";

function single(operator: Operator): Family {
  return (random) => inSigns(random, operation(operator, ...operands[operator](random)));
}

/** Every family of problems by name. */
export const familyTable = {
  sum: single("+"),
  difference: single("-"),
  product: (random) => inSigns(random, operation("×", twoDigits(random), twoDigits(random))),
  "product-by-digit": (random) =>
    inSigns(random, operation("×", ...swapped(random, threeDigits(random), oneDigit(random)))),
  fact: (random) => {
    const draw = random();
    const [a, b] = swapped(
      random,
      random() < 0.5 ? twoDigits(random) : randomInteger(random, 0, 9),
      randomInteger(random, 0, 9),
    );
    if (draw < 0.7) return inSigns(random, operation("×", a, b));
    if (draw < 0.85) return inSigns(random, operation("+", a, b));
    const [high, low] = random() < 0.3 ? [a, b] : [Math.max(a, b), Math.min(a, b)];
    return inSigns(random, operation("-", high, low));
  },
  "long-product": (random) =>
    inSigns(random, operation("×", ...swapped(random, threeDigits(random), twoDigits(random)))),
  division: (random) => inSigns(random, operation("÷", ...division(random, 0.5))),
  remainder,
  percentage: single("%"),
  chain: (random) =>
    inSigns(
      random,
      random() < 0.2 ? drawTally(random, random() < 0.4 ? ["+"] : ["+", "-"]) : drawChain(random),
    ),
  phrasing,
  "one-step-story": story("one"),
  "two-step-story": story("two"),
  outside,
} satisfies Record<string, Family>;

export type FamilyName = keyof typeof familyTable;
