import type { Random } from "../../../random.ts";
import { randomItem } from "../../../random.ts";
import type { Draft, Family } from "./drafts.ts";
import { operation } from "./expression.ts";
import { division } from "./operands.ts";
import { leftOverStories } from "./stories/left-over.ts";
import { drawStory, writeStory } from "./stories/story.ts";
import { expand } from "./template.ts";
import { drawNumberWriter } from "./writing.ts";

/** A word problem of one step or two. */
export function story(steps: "one" | "two"): Family {
  return (random) => {
    if (steps === "one" && random() < 0.06) return leftOverStory(random);
    const drawn = drawStory(random, steps);
    if (drawn === undefined) return undefined;
    const write = () => writeStory(random, drawn, drawNumberWriter(random, 0.1));
    return { expression: drawn.expression, asked: "value", wording: drawn.wording, write };
  };
}

/** A division in a story that does not come out even: what is left, the whole groups, or both. */
function leftOverStory(random: Random): Draft {
  const [a, b] = division(random, 0);
  const asked = randomItem(random, ["value", "remainder", "whole"] as const);
  const chosen = randomItem(random, leftOverStories);
  const parts = [randomItem(random, chosen.facts), randomItem(random, chosen[asked])];
  const wording = parts.map((part) => expand(random, part)).join(" ");
  const write = () => writeStory(random, { wording, numbers: { a, b } }, drawNumberWriter(random, 0.1));
  return { expression: operation("÷", a, b), asked, wording, write };
}
