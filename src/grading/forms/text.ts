/** Answers in words: how they are compared. */

const numberWords: Record<string, number> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
const scales: Record<string, number> = { hundred: 100, thousand: 1000, million: 1e6, billion: 1e9 };

/** `twenty-three`, `one hundred and five`; undefined where any word is none of a number. */
function numberFromWords(text: string): number | undefined {
  const words = text
    .toLowerCase()
    .trim()
    .split(/[\s-]+/);
  if (words.length > 12) return undefined;
  let total = 0;
  let group = 0;
  let seen = false;
  for (const [place, word] of words.entries()) {
    const value = numberWords[word];
    const scale = scales[word];
    if (value !== undefined) group += value;
    else if (scale === 100) group = Math.max(group, 1) * 100;
    else if (scale !== undefined) {
      total += Math.max(group, 1) * scale;
      group = 0;
    } else if (word !== "and" || place === 0) {
      if (!(word === "a" && place === 0)) return undefined;
      continue;
    }
    if (word !== "and") seen = true;
  }
  return seen ? total + group : undefined;
}

const denominators: Record<string, number> = {
  half: 2,
  third: 3,
  quarter: 4,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
};

/** `two-thirds`, `a quarter`, `half`; a lone "third" may be the third. */
function fractionFromWords(text: string): string | undefined {
  const match =
    /^(?:(.+?)[\s-]+)?(hal(?:f|ves)|(?:third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?)$/i.exec(
      text.trim(),
    );
  if (!match) return undefined;
  const name = match[2]!.toLowerCase().replace("halves", "half").replace(/s$/, "");
  const [, count] = match;
  if (count === undefined) return name === "half" ? "1/2" : undefined;
  const top = /^an?$/i.test(count) ? 1 : numberFromWords(count);
  return top === undefined ? undefined : `${top}/${denominators[name]!}`;
}

/** `two and a half`, `1.5 million`, `two-thirds`, `minus five`: a number in words, or in words and digits, as digits. */
export function digitsForWords(text: string): string | undefined {
  const negative = /^(?:minus|negative)\s+(.+)$/i.exec(text.trim());
  if (negative) {
    const size = digitsForWords(negative[1]!);
    return size === undefined ? undefined : `-(${size})`;
  }
  if (/^(?:a|one) dozen$/i.test(text.trim())) return "12";
  const mixed = /^(.+?)\s+and\s+((?:an?|one|two|three|four|five|six|seven|eight|nine)[\s-]+\p{L}+)$/iu.exec(
    text.trim(),
  );
  const part = mixed && fractionFromWords(mixed[2]!);
  const whole = part ? (/^\d+$/.test(mixed[1]!) ? mixed[1] : numberFromWords(mixed[1]!)) : undefined;
  if (part && whole !== undefined) return `${whole} ${part}`;
  const fraction = fractionFromWords(text);
  if (fraction !== undefined) return fraction;
  const scaled = /^([\d.,]+)\s+(hundred|thousand|million|billion)$/i.exec(text.trim());
  if (scaled) {
    const value = Number(scaled[1]!.replaceAll(",", "")) * scales[scaled[2]!.toLowerCase()]!;
    return Number.isFinite(value) ? String(Number(value.toPrecision(15))) : undefined;
  }
  const numeral = "零一二三四五六七八九十".indexOf(text.trim());
  if (numeral >= 0 && text.trim().length === 1) return String(numeral);
  const value = numberFromWords(text);
  return value === undefined ? undefined : String(value);
}

/** Lower case, without articles, quotes and punctuation: what two texts share when they say the same. */
export function plainText(text: string): string {
  return text
    .replace(/\\(?:text|textbf|mathrm|mbox|textit)\s*\{([^{}]*)\}/g, "$1")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[$\\{}*_`"“”'’‘]/g, "")
    .replace(/[^\p{L}\p{N}+\-/.%]+/gu, " ")
    .replace(/(?<=\p{L})[-/](?=\p{L})/gu, " ")
    .replace(/\.(?!\d)/g, " ")
    .replace(/^\s*(?:on|in|at)\s+(?=\p{L})/u, "")
    .replace(/\b(?:the|an)\b(?=\s+\S)|\ba\b(?=\s+(?!and\b|or\b)[\p{L}\p{N}]{2})/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
}

const ordinals = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(
  " ",
);

/** The place that an ordinal names: 3 for `third` and `3rd`. */
export function ordinal(text: string): number | undefined {
  const plain = text.trim().toLowerCase();
  const place = ordinals.indexOf(plain);
  if (place >= 0) return place + 1;
  const digits = /^(\d{1,4})(?:st|nd|rd|th)$/.exec(plain)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

const spokenSets = new Map([
  ["all real numbers", "(-\\infty, \\infty)"],
  ["all reals", "(-\\infty, \\infty)"],
  ["no solution", "\\emptyset"],
  ["no solutions", "\\emptyset"],
  ["no real solution", "\\emptyset"],
  ["no real solutions", "\\emptyset"],
  ["empty set", "\\emptyset"],
]);

/** The formula for a set that is named in words, if it is one. */
export function spokenSet(text: string): string | undefined {
  return spokenSets.get(plainText(text));
}
