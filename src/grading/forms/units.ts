import { isEnglish } from "../math/english.ts";

/** Names of units and money, so that `10`, `10 m` and `10 metres` can be told from `10 cm`. */

const families: Record<string, string> = {
  m: "m meter meters metre metres",
  cm: "cm centimeter centimeters centimetre centimetres",
  mm: "mm millimeter millimeters",
  km: "km kilometer kilometers kilometre kilometres kms",
  in: "inch inches",
  ft: "ft foot feet",
  yd: "yd yard yards",
  mi: "mile miles",
  g: "g gram grams",
  kg: "kg kilogram kilograms kgs kilos",
  mg: "mg milligram milligrams",
  lb: "lb lbs pound pounds",
  oz: "oz ounce ounces",
  s: "s sec secs second seconds",
  min: "min mins minute minutes",
  h: "h hr hrs hour hours",
  day: "day days",
  week: "week weeks",
  month: "month months",
  year: "year years yr yrs",
  L: "L liter liters litre litres",
  mL: "ml mL milliliter milliliters",
  gal: "gallon gallons",
  "°": "degree degrees deg",
  "mi/h": "mph",
  "km/h": "kmh kph kmph",
  $: "$ dollar dollars usd USD bucks",
  "¢": "¢ cent cents",
  "€": "€ euro euros EUR eur",
  "£": "£ GBP gbp",
  "¥": "¥ yen JPY yuan RMB",
  "₹": "₹ Rs Rs. rupee rupees INR",
  N: "N newton newtons",
  J: "J joule joules",
  W: "W watt watts",
  V: "V volt volts",
  A: "amp amps ampere amperes",
  Pa: "Pa pascal pascals",
  Hz: "Hz hertz",
  unit: "unit units",
};
const canonical = new Map<string, string>();
for (const [name, forms] of Object.entries(families))
  for (const form of forms.split(" ")) canonical.set(form, name);

/** Kinds of measure whose units convert into one another. */
const dimensions: Record<string, string> = {
  length: "m cm mm km in ft yd mi",
  mass: "g kg mg lb oz",
  time: "s min h day week month year",
  volume: "L mL gal",
  money: "$ ¢ € £ ¥ ₹",
  speed: "mi/h km/h",
};

export interface Measure {
  unit: string;
  /** length, time, money: units of one convert into one another */
  dimension: string;
}

/** What a word measures, if it is a unit of a measure that has several. */
export function measure(word: string): Measure | undefined {
  const unit = canonical.get(word) ?? canonical.get(word.toLowerCase());
  if (unit === undefined) return undefined;
  const dimension = Object.keys(dimensions).find((name) => dimensions[name]!.split(" ").includes(unit));
  return dimension === undefined ? undefined : { unit, dimension };
}

export interface Quantity {
  /** The text of the number or expression alone. */
  core: string;
  /** Canonical unit or the words as they stand. */
  unit?: string;
  percent: boolean;
}

const percentEnd =
  /\s*(?:\\?%|\\text\s*\{\s*(?:percent|\\?%)\s*\}|\b(?:percent(?:age)?(?: points?)?|pct)\b\.?)\s*$/i;
const currencyStart =
  /^(-?)\s*(?:\\text\s*\{\s*)?(\\?\$|US\$|€|£|¥|₹|Rs\.?|USD|EUR|GBP|\\pounds|\\euro)(?:\s*\})?\s*(?=[\d.(\\-])/;
const currencyEnd = /(?<=[\d)])\s*(\\?\$|€|£|¥|₹)$/;
const currencySigns: Record<string, string> = { "\\$": "$", US$: "$", "\\pounds": "£", "\\euro": "€" };

function unitName(words: string): string {
  const tidy = words
    .replace(/\\(?:text|mbox|mathrm|textnormal|textrm|rm)\s*\{([^{}]*)\}/g, "$1")
    .replace(/[{}\\$]/g, " ")
    .replace(/\bper\b/g, "/")
    .replace(/\bsq(?:uare|\.)?\s+([a-zA-Z]+)/g, (_, unit: string) =>
      /^units?$/.test(unit) ? "unit" : `${unit}^2`,
    )
    .replace(/\bcu(?:bic|\.)\s+([a-zA-Z]+)/g, (_, unit: string) =>
      /^units?$/.test(unit) ? "unit" : `${unit}^3`,
    )
    .replace(/\s*([\^/])\s*/g, "$1")
    .replace(/\.$/, "")
    .trim();
  return tidy
    .replace(
      /[a-zA-Z°$€£¥₹¢]+/g,
      (word) => canonical.get(word) ?? canonical.get(word.toLowerCase()) ?? word.toLowerCase(),
    )
    .replace(/\s+/g, " ");
}

const numberEnd = String.raw`(?:[\d.)\]}%]|\\pi|\\infty)`;
const latexUnit = new RegExp(
  String.raw`^(.*${numberEnd})\s*((?:\\(?:text|mbox|mathrm|textnormal|textrm)\s*\{[^{}]*\}(?:\s*\^?\s*\{?[-\d]+\}?)?\s*/?\s*)+)$`,
  "s",
);
const plainUnit =
  /^(-?[\d.,/ ]*\d\.?)(\s*)((?:[a-zA-Z°¢][a-zA-Z°]*\.?)(?:(?:\s+|\s*\/\s*|-)[a-zA-Z]+){0,4}(?:\s*\^\s*\{?-?[23]\}?|[23])?)$/;
/** Words after a formula: `\frac{3}{4} cups`, `3*10^8 m/s`. */
const spokenUnit = /^(.*[\d})])\s+([a-zA-Z]+(?:(?:\s+|\s*\/\s*)[a-zA-Z]+){0,3}(?:\^[23])?)$/;
const degreesEnd = /\s*\^?\s*\{?\s*\\circ\s*\}?\s*(?:\\?(?:text|mathrm)\s*\{?\s*)?([CF]?)\}?$/;

/** Takes percent, currency and unit off an answer. The text is in the notation of notation.ts. */
export function quantity(text: string): Quantity {
  let core = text.trim().replace(/(?<=\d)\s*[\u3400-\u9fff]{1,4}$/, "");
  if (percentEnd.test(core)) return { core: core.replace(percentEnd, ""), percent: true };
  const currency = currencyStart.exec(core);
  let unit: string | undefined;
  if (currency) {
    const sign = currency[2]!;
    unit = currencySigns[sign] ?? canonical.get(sign) ?? sign;
    core = currency[1]! + core.slice(currency[0].length);
  }
  const after = currencyEnd.exec(core);
  if (after) {
    unit = currencySigns[after[1]!] ?? after[1]!;
    core = core.slice(0, after.index);
  }
  const angle = core.replace(degreesEnd, "");
  if (angle !== core && angle !== "" && !/sin|cos|tan|cot|sec|csc/.test(angle))
    return { core: angle, unit: `°${degreesEnd.exec(core)![1] ?? ""}`, percent: false };
  const latex = latexUnit.exec(core);
  if (latex && !/^\\(?:text|mbox)\s*\{\s*(?:and|or)\s*\}/.test(latex[2]!)) {
    const words = latex[2]!.trim();
    if (!/\{\s*(?:and|or)\b/.test(words))
      return { core: latex[1]!, unit: unit ?? unitName(words), percent: false };
  }
  const plain = plainUnit.exec(core);
  if (plain && isUnit(plain[3]!, plain[2] === ""))
    return { core: plain[1]!.trim(), unit: unit ?? unitName(plain[3]!), percent: false };
  const spoken = spokenUnit.exec(core);
  if (
    spoken &&
    isUnit(spoken[2]!, false) &&
    !/[a-zA-Z]{2,}\s|\btext/.test(spoken[1]!.replace(/\\[a-zA-Z]+/g, ""))
  )
    return { core: spoken[1]!, unit: unit ?? unitName(spoken[2]!), percent: false };
  return unit === undefined ? { core, percent: false } : { core, unit, percent: false };
}

/** Whether words after a number are a unit: `4t`, `3xy`, `10x`, `5 x` and `5 pi` are products, `10 m` is a length. */
function isUnit(words: string, glued: boolean): boolean {
  const first = /^[a-zA-Z°¢]+/.exec(words)![0];
  const known = canonical.has(first) || canonical.has(first.toLowerCase());
  if (/^(?:e|pi|and|or|if|to|sqrt|sin|cos|tan|log|ln|over|mod|choose|times|plus|minus)$/i.test(first))
    return false;
  if (first.length === 1) return !glued && canonical.has(first);
  return (
    known || (!glued && !/^[xyzabcnk]{2,3}$/.test(first)) || (glued && isEnglish(first) && first.length > 3)
  );
}

/** Whether two units may stand for the same: one is missing, or they are the same, or one says more. */
export function unitsAgree(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined || a === b) return true;
  if (a === "unit" || b === "unit") return true;
  if (a.startsWith("°") && b.startsWith("°")) return a === "°" || b === "°";
  const words = (unit: string): string[] =>
    unit.split(/[\s-]+/).map((word) => word.replace(/(?<=\w{2})s$/, ""));
  const [left, right] = [words(a), words(b)];
  const known = (list: string[]): string[] =>
    list.filter((word) => canonical.has(word) || /\^|\//.test(word));
  if (known(left).join() !== known(right).join()) return false;
  return left.every((word) => right.includes(word)) || right.every((word) => left.includes(word));
}
