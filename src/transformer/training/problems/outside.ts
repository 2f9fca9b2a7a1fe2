import type { Random } from "../../../random.ts";
import { randomInteger, randomItem } from "../../../random.ts";
import { drawBrokenChain } from "./chains.ts";
import type { Draft, Family } from "./drafts.ts";
import { framed, inSigns, inWords } from "./drafts.ts";
import { anyNumber, everydayNumber, threeDigits, twoDigits } from "./draw.ts";
import { operation } from "./expression.ts";
import { operands } from "./operands.ts";
import { phrased } from "./phrasings.ts";
import { drawStory, storySlots, writeStory } from "./stories/story.ts";
import { expand, fill } from "./template.ts";
import { drawUntaught } from "./untaught.ts";
import { wordings } from "./wordings/operations.ts";
import { outsideKinds } from "./wordings/outside.ts";
import { story } from "./word-problems.ts";
import { drawNumberWriter, writeExpression } from "./writing.ts";

const places = ["france", "spain", "japan", "peru", "kenya", "italy", "norway", "paris", "london", "india"];
const letters = "x y n a b t z k m p q".split(" ");

/** What cannot be answered about a story, however well it begins. */
const idleQuestions: readonly string[] = [
  "[Why|When|Where] [did|does] {he} [do that|go|live|buy them|leave]?",
  "What is {his} [name|address|favorite color|job|phone number|sister's name]?",
  "[How old|How tall|How heavy|Who] is {n}?",
  "Is [that|it|this] [enough for {c} people|more than {h}|less than {h}|an even number|fair|a lot|expensive|possible|true]?",
  "[What color|What kind|How big|How heavy|How old] are [they|the {t}]?",
  "How many {w} does {m} have?",
  "[Can|Could|Should|Will] {he} [buy a house|share them|sell them|get more|be happy|go home]?",
  "[Write|Tell me|Give me] [a poem about it|the story again|a similar problem|the answer in {h} words|a joke about it].",
  "[Does {n} have|Does {he} have|Do they have] [more than {h}|enough|fewer than {h}|an odd number] [{t}|of them|left]?",
  "[Who|Which of them] [has more|is older|is right|wins|paid]?",
  "Translate [this|that|the text] into [french|german|spanish|latin].",
  "[What is the moral of the story|How does the story end|Summarize the story|What happens next|Continue the story|Rewrite this in the past tense]?",
];

/** A story whose question is another one. */
function idleStory(random: Random): Draft | undefined {
  const drawn = drawStory(random, random() < 0.7 ? "one" : "two");
  const facts = drawn && /^(.*\. )[^.]*[?.]$/.exec(drawn.wording)?.[1];
  if (!facts) return undefined;
  const wording = facts + expand(random, randomItem(random, idleQuestions));
  const numbers = { ...drawn.numbers, h: threeDigits(random) };
  const write = () => writeStory(random, { wording, numbers }, drawNumberWriter(random, 0.1));
  return { asked: "value", wording, write, outside: true, expression: drawn.expression };
}

/** A question to refuse: most are about something else, some are calculations that are not taught. */
export const outside: Family = (random) => {
  if (random() < 0.1) return idleStory(random);
  // found out in calculating
  if (random() < 0.13) return inSigns(random, drawBrokenChain(random));
  if (random() < 0.15) {
    const { wording, write } = inSigns(random, drawUntaught(random));
    return { asked: "value", wording, write, outside: true };
  }
  const { wording, numbers } = drawOutside(random);
  const needed = /\{[xqr]\}/.test(wording);
  const inner = needed ? answerable(random) : undefined;
  const told = wording.startsWith("{q}") && random() < 0.2 ? story("one")(random) : undefined;
  if (inner !== undefined && told !== undefined) inner.question = told;
  const other = wording.includes("{r}") ? answerable(random) : undefined;
  const write = () => {
    const slots = storySlots(random, numbers, drawNumberWriter(random, 0.08));
    const [v, w] = [randomItem(random, letters), randomItem(random, letters)];
    const question = inner?.question.write() ?? "";
    return fill(wording, {
      ...slots,
      v,
      w,
      place: randomItem(random, places),
      x: inner?.phrase() ?? "",
      q: wording.startsWith("{q} is") || random() < 0.3 ? question : question.replace(/[?.! =]+$/, ""),
      r: other?.question.write() ?? "",
    });
  };
  const draft: Draft = { asked: "value", wording, write, outside: true };
  if (inner?.question.expression !== undefined) draft.expression = inner.question.expression;
  return draft;
};

/** A calculation that a refused question is built round: its whole question, or its noun phrase. */
function answerable(random: Random): { question: Draft; phrase: () => string } {
  const operator = randomItem(random, phrased);
  const [a, b] = operands[operator](random);
  const expression = operation(operator, a, b);
  const question =
    random() < 0.55
      ? inSigns(random, expression)
      : inWords(random, expression, framed(random, wordings[operator]), { a, b });
  const phrase = () => {
    const number = drawNumberWriter(random, 0.1);
    if (random() < 0.6) return writeExpression(random, expression, number);
    return fill(expand(random, randomItem(random, wordings[operator].nouns)), { a: number(a), b: number(b) });
  };
  return { question, phrase };
}

/** A question that is to be refused: one kind, then one of its wordings, with its numbers filled in. */
function drawOutside(random: Random): { wording: string; numbers: Record<string, number> } {
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
