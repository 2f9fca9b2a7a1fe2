import type { Random } from "../../../random.ts";
import { randomItem } from "../../../random.ts";
import type { Expression, Operator } from "./expression.ts";
import { expressionText } from "./expression.ts";
import { numberWords } from "./number-words.ts";

/** How one question writes its numbers: in digits mostly, else in words. */
export type NumberWriter = (value: number) => string;

const digits: NumberWriter = String;

export function drawNumberWriter(random: Random, wordShare = 0.14): NumberWriter {
  const draw = random();
  if (draw > wordShare) return digits;
  const style = { hyphen: random() < 0.6 ? "-" : " ", and: random() < 0.6 } as const;
  const words: NumberWriter = (value) => (value <= 999 ? numberWords(value, style) : String(value));
  // now and then both in one question
  return draw < wordShare * 0.75 ? words : (value) => (random() < 0.5 ? words(value) : String(value));
}

const units: readonly string[] =
  "kg g km m cm mm miles meters metres feet inches minutes hours days weeks years seconds dollars euros cents pounds liters litres grams degrees points apples books people pages eggs cars bottles".split(
    " ",
  );

/** A unit or currency after (or before) each number; the identity most of the time. */
export function drawUnit(random: Random): (number: string) => string {
  if (random() > 0.07) return (number) => number;
  if (random() < 0.25) {
    const sign = randomItem(random, ["$", "€", "£", "$"]);
    return random() < 0.75 ? (number) => sign + number : (number) => number + sign;
  }
  const unit = randomItem(random, units);
  const space = random() < 0.85 ? " " : "";
  return (number) => number + space + unit;
}

const glyphs: Record<Operator, readonly string[]> = {
  "+": ["+"],
  "-": ["-", "-", "-", "−", "–"],
  "×": ["×", "×", "x", "*", "*", "·", "X"],
  "÷": ["÷", "÷", "/", "/", ":"],
  "%": ["% of", "% of", " % of", " percent of", " per cent of"],
};

/** An expression as one types it: one glyph an operator, spaces or none. @param dress puts a unit to a number */
export function writeExpression(
  random: Random,
  expression: Expression,
  number: NumberWriter,
  dress: (number: string) => string = (text) => text,
): string {
  // number words run into the sign otherwise: `sixtyxseventy`
  const worded = /[a-z]/.test(number(7) + number(8) + number(9));
  const space = worded ? " " : randomItem(random, ["", "", " ", " ", " "]);
  const chosen = new Map<Operator, string>();
  return expressionText(expression, {
    number: (value) => dress(number(value)),
    redundant: random() < 0.12,
    sign: (operator) => {
      let glyph = chosen.get(operator);
      if (glyph === undefined) {
        glyph = randomItem(random, glyphs[operator]);
        chosen.set(operator, glyph);
      }
      return operator === "%" ? `${glyph} ` : space + glyph + space;
    },
  });
}

const spoken: Record<Operator, readonly string[]> = {
  "+": ["plus", "plus", "plus", "and"],
  "-": ["minus", "minus", "minus", "take away", "less"],
  "×": ["times", "times", "times", "multiplied by"],
  "÷": ["divided by", "divided by", "divided by", "over"],
  "%": ["percent of"],
};

/** An expression that needs no brackets as one says it: `48 plus 27 minus 13`. */
export function speakExpression(random: Random, expression: Expression, number: NumberWriter): string {
  return expressionText(expression, {
    number,
    sign: (operator) => ` ${randomItem(random, spoken[operator])} `,
  });
}

const misspellings: Readonly<Record<string, string>> = {
  multiply: "mulitply multiplay multipy multply",
  multiplied: "multplied mulitplied multiplyed",
  times: "tims tiems time",
  divided: "devided divded dividied",
  divide: "devide divid",
  plus: "pluss plsu",
  minus: "mius minsu minuss",
  subtract: "substract subtrat subract",
  difference: "diffrence differnce diference",
  remainder: "remander remaider reminder",
  quotient: "quotent quotiant",
  percent: "precent percant persent",
  product: "produkt prodcut",
  total: "totel toal",
  sum: "som summ",
  calculate: "calulate calcualte caculate",
  what: "waht wat whta",
  "what's": "whats wats",
  much: "mutch muhc",
  many: "meny mnay",
  how: "hwo howe",
  please: "plese pleas plz",
  together: "togehter togather",
  equally: "equaly equaly",
  each: "eech eahc",
  altogether: "alltogether altogehter",
  left: "lef leftt",
  twenty: "twentey twnety",
  forty: "fourty",
  ninety: "ninty",
  eighty: "eigthy",
  twelve: "twelv",
  hundred: "hundret hunderd",
  does: "dose dos",
  answer: "anwser anser",
  number: "numbr nubmer",
  solve: "slove",
};

/** One or two words of a text misspelt as people do; words that nobody listed have two letters swapped. */
function misspell(random: Random, text: string): string {
  const words = text.split(" ");
  for (let i = random() < 0.7 ? 1 : 2; i > 0; i--) {
    const at = Math.floor(random() * words.length);
    const word = words[at]!;
    const known = misspellings[word.toLowerCase()];
    if (known) words[at] = randomItem(random, known.split(" "));
    else if (/^[a-z]{5,}$/.test(word))
      words[at] = swapLetters(word, 1 + Math.floor(random() * (word.length - 2)));
  }
  return words.join(" ");
}

function swapLetters(word: string, at: number): string {
  return word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2);
}

/** Capitals, a missing question mark, stray spaces: what does not matter. */
export function ruffle(random: Random, text: string): string {
  let ruffled = text.replace(/ {2,}/g, " ").trim();
  ruffled = ruffled.replace(/\b([Aa]) (?=[aeio])(?!one|euro)/g, "$1n ");
  if (random() < 0.05) ruffled = misspell(random, ruffled);
  if (random() < 0.08) ruffled = ruffled.replace(/(?<=[^ ]) ?[?.]$/, "");
  if (random() < 0.01) ruffled = ruffled.replace(" ", "  ");
  const draw = random();
  if (draw < 0.45) return ruffled[0]!.toUpperCase() + ruffled.slice(1);
  return draw < 0.46 ? ruffled.toUpperCase() : ruffled;
}
