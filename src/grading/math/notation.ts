/** Unicode and LaTeX ways of writing the same thing, made one. Pure text to text. */

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ";
const superscriptPlain = "0123456789+-()n";
const subscripts = "₀₁₂₃₄₅₆₇₈₉ₙ";
const subscriptPlain = "0123456789n";

const fractions: Record<string, string> = {
  "½": "1/2",
  "⅓": "1/3",
  "⅔": "2/3",
  "¼": "1/4",
  "¾": "3/4",
  "⅕": "1/5",
  "⅖": "2/5",
  "⅗": "3/5",
  "⅘": "4/5",
  "⅙": "1/6",
  "⅚": "5/6",
  "⅛": "1/8",
  "⅜": "3/8",
  "⅝": "5/8",
  "⅞": "7/8",
};

const signs: Record<string, string> = {
  "−": "-",
  "–": "-",
  "‐": "-",
  "‑": "-",
  "﹣": "-",
  "－": "-",
  "＋": "+",
  "×": "*",
  "·": "*",
  "∙": "*",
  "⋅": "*",
  "•": "*",
  "∗": "*",
  "÷": "/",
  "∕": "/",
  "⁄": "/",
  "＝": "=",
  "≤": "<=",
  "⩽": "<=",
  "≦": "<=",
  "≥": ">=",
  "⩾": ">=",
  "≧": ">=",
  "≠": "!=",
  "≡": " \\equiv ",
  "≈": " \\approx ",
  "≅": " \\approx ",
  "∈": " \\in ",
  "∪": " \\cup ",
  "∩": " \\cap ",
  "∞": " \\infty ",
  "∅": " \\emptyset ",
  π: " \\pi ",
  "√": " sqrt ",
  "∛": " cbrt ",
  "±": " \\pm ",
  "∓": " \\mp ",
  "°": "^\\circ ",
  "⌊": "\\lfloor ",
  "⌋": "\\rfloor ",
  "⌈": "\\lceil ",
  "⌉": "\\rceil ",
  "⟨": "(",
  "⟩": ")",
  "…": "\\ldots ",
  "⋯": "\\ldots ",
  "％": "%",
  "，": ", ",
  "、": ", ",
  "；": ";",
  "：": ":",
  "（": "(",
  "）": ")",
  "’": "'",
  "‘": "'",
  "“": '"',
  "”": '"',
};

const signPattern = new RegExp(`[${Object.keys(signs).join("").replace("-", "\\-")}]`, "gu");
const fractionPattern = new RegExp(`(\\d)?([${Object.keys(fractions).join("")}])`, "gu");
const greek: Record<string, string> = {
  α: "alpha",
  β: "beta",
  γ: "gamma",
  δ: "delta",
  ε: "epsilon",
  θ: "theta",
  λ: "lambda",
  μ: "mu",
  ρ: "rho",
  σ: "sigma",
  τ: "tau",
  φ: "phi",
  ϕ: "phi",
  ω: "omega",
  Δ: "Delta",
  Γ: "Gamma",
  Ω: "Omega",
  Σ: "Sigma",
};
const greekPattern = new RegExp(`[${Object.keys(greek).join("")}]`, "gu");

function translate(text: string, from: string, to: string): string {
  return [...text].map((character) => to[[...from].indexOf(character)] ?? character).join("");
}

/** Characters outside ASCII that mean something in mathematics, written in ASCII and LaTeX. */
export function plainSigns(text: string): string {
  if (!/[^\x20-\x7e]/.test(text)) return text;
  return text
    .replace(/[\u200b-\u200f\u2060\ufeff]/gu, "")
    .replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/gu, " ")
    .replace(fractionPattern, (_, digit: string | undefined, sign: string) =>
      digit === undefined ? fractions[sign]! : `${digit} ${fractions[sign]!}`,
    )
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ]+/gu, (run) => `^{${translate(run, superscripts, superscriptPlain)}}`)
    .replace(/[₀₁₂₃₄₅₆₇₈₉ₙ]+/gu, (run) => `_{${translate(run, subscripts, subscriptPlain)}}`)
    .replace(/[０-９]/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xff10 + 48))
    .replace(signPattern, (sign) => signs[sign]!)
    .replace(greekPattern, (letter) => ` \\${greek[letter]!} `);
}

/** An escaped dollar is money, a pair delimits mathematics, a lone one is money beside a digit. */
const dollars = /(\\\$)|\$((?:[^$\\]|\\[^$])*)\$|(\$(?=\s*\d)|(?<=\d)\$)|\$/g;

/** LaTeX without what only moves ink: spacing, sizes, delimiters of math mode. */
export function plainLatex(text: string): string {
  if (!/[\\{}$~&]/.test(text)) return text;
  let plain = text;
  // doubled escapes, as in JSON read once too little; a real line break is never glued to a command's name
  if (/\\\\(?:begin|[dt]?frac|sqrt|left|text|boxed|pi|infty|cdot|times)\b/.test(plain))
    plain = plain.replace(/\\\\/g, "\\");
  return plain
    .replace(/\\(?:begin|end)\{(?:align|equation|gather|aligned|split)\*?\}/g, " ")
    .replace(/\\\\\[[\d.]+(?:pt|ex|em)\]/g, "\\\\ ")
    .replace(/(\d)(?:\\[,!:; ]|\{,\}|,\\!|\{\\,\})+(?=\d{3}(?!\d))/g, "$1")
    .replace(/(\d)(?:,\s*\\!|\\!\s*,|\{,\}\\?!?)\s*(?=\d{3}(?!\d))/g, "$1")
    .replace(/(\d+)\.(\d*)\\(?:overline|bar)\{?(\d+)\}?/g, repeating)
    .replace(/\{,\}/g, ",")
    .replace(/(\d)\{\.\}(\d)/g, "$1.$2")
    .replace(
      /\\(?:left|right|bigl?|bigr?|Bigl?|Bigr?|biggl?|biggr?|Biggl?|Biggr?)(?![a-zA-Z])\s*\.?/g,
      (command) => (command.endsWith(".") ? " " : ""),
    )
    .replace(/\\(?:displaystyle|textstyle|limits|nolimits|rm|bf|it|mathstrut|strut|!)(?![a-zA-Z])/g, "")
    .replace(
      /(?<!\\)\\(?:[,;:> ]|quad(?![a-zA-Z])|qquad(?![a-zA-Z])|hspace\{[^{}]*\}|phantom\{[^{}]*\})/g,
      " ",
    )
    .replace(/~/g, " ")
    .replace(/(?<!\\)\\[()[\]]/g, " ")
    .replace(/\\[dtc](frac|binom)(?![a-zA-Z])/g, "\\$1")
    .replace(/\\(frac|binom)\s*(\d)(?=\s*[\d{\\])/g, "\\$1{$2}")
    .replace(/\\(frac|binom)\{(\d+)\}\s*(\d)/g, "\\$1{$2}{$3}")
    .replace(/\\(?:lt|gt)(?![a-zA-Z])/g, (command) => (command === "\\lt" ? "<" : ">"))
    .replace(/\\(?:leq?|leqslant)(?![a-zA-Z])/g, "<=")
    .replace(/\\(?:geq?|geqslant)(?![a-zA-Z])/g, ">=")
    .replace(/\\(?:neq?|not\s*=)(?![a-zA-Z])/g, "!=")
    .replace(/\\mathbb\s*\{?\s*R\s*\}?/g, "(-\\infty, \\infty)")
    .replace(/\\langle(?![a-zA-Z])/g, "(")
    .replace(/\\rangle(?![a-zA-Z])/g, ")")
    .replace(/\\(?:lbrace|rbrace)(?![a-zA-Z])/g, (command) => (command === "\\lbrace" ? "\\{" : "\\}"))
    .replace(/\\(?:cdot|times|ast)(?![a-zA-Z])/g, "*")
    .replace(/\\div(?![a-zA-Z])/g, "/")
    .replace(/\\%/g, "%")
    .replace(
      dollars,
      (_, escaped: string | undefined, inside: string | undefined, money: string | undefined) =>
        inside === undefined ? ((escaped ?? money) === undefined ? " " : "$") : ` ${inside} `,
    )
    .replace(/\^\s*\{?\s*\\(?:circ|degree)\s*\}?/g, "^\\circ ")
    .replace(/\\degree(?![a-zA-Z])/g, "^\\circ ");
}

/** `0.1\overline{6}` as the fraction that it is. */
function repeating(_: string, whole: string, fixed: string, period: string): string {
  const nines = "9".repeat(period.length) + "0".repeat(fixed.length);
  return `((${BigInt(whole + fixed + period) - BigInt(whole + fixed)})/(${nines}))`;
}
