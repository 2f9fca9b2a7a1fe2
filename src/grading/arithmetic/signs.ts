import type { Bare } from "./tokens.ts";

const times: Bare = { kind: "operator", sign: "*" };
const over: Bare = { kind: "operator", sign: "/" };
const plus: Bare = { kind: "operator", sign: "+" };
const minus: Bare = { kind: "operator", sign: "-" };
const symbol: Bare = { kind: "symbol" };
const about: Bare = { kind: "relation", sign: "≈" };

/** What a character means between numbers; one that is not listed ends an expression. */
export const signs: Readonly<Record<string, Bare>> = {
  "+": plus,
  "＋": plus,
  "-": minus,
  "−": minus,
  "–": minus,
  "*": times,
  "×": times,
  "·": times,
  "⋅": times,
  "∙": times,
  "✕": times,
  "✖": times,
  "/": over,
  "÷": over,
  "⁄": over,
  "^": { kind: "operator", sign: "^" },
  "≈": about,
  "≃": about,
  "≅": about,
  "(": { kind: "open" },
  "[": { kind: "open" },
  ")": { kind: "close" },
  "]": { kind: "close" },
  "{": { kind: "brace-open" },
  "}": { kind: "brace-close" },
  "%": { kind: "percent" },
  "!": { kind: "factorial" },
  "√": { kind: "root" },
  _: symbol,
  "∑": symbol,
  "|": symbol,
  "…": symbol,
  "±": symbol,
  "∛": symbol,
  "∜": symbol,
  "∏": symbol,
  "∫": symbol,
  "⌊": symbol,
  "⌋": symbol,
  "⌈": symbol,
  "⌉": symbol,
  "∞": symbol,
};

const pause: Bare = { kind: "break" };

/** What a LaTeX command means; one that is not listed is a symbol. */
export const commands: Readonly<Record<string, Bare | "skip" | "words">> = {
  times,
  cdot: times,
  div: over,
  frac: { kind: "fraction" },
  dfrac: { kind: "fraction" },
  tfrac: { kind: "fraction" },
  sqrt: { kind: "root" },
  approx: about,
  simeq: about,
  sim: about,
  left: "skip",
  right: "skip",
  big: "skip",
  Big: "skip",
  bigl: "skip",
  bigr: "skip",
  displaystyle: "skip",
  circ: "skip",
  degree: "skip",
  boxed: "skip",
  mathbf: "skip",
  text: "words",
  mbox: "words",
  textbf: "words",
  mathrm: "words",
  textrm: "words",
  quad: pause,
  qquad: pause,
  implies: pause,
  Rightarrow: pause,
  Longrightarrow: pause,
  rightarrow: pause,
  to: pause,
  begin: pause,
  end: pause,
};

/** Raised digits, in order. */
export const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
