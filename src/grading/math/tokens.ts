import { isEnglish } from "./english.ts";
import type { Rational } from "./rational.ts";
import { parseDecimal } from "./rational.ts";

/** `glued` is true where no space stands before the token. */
export type Token = { glued: boolean } & (
  | { kind: "number"; value: Rational; text: string; places: number; digits: number }
  | { kind: "name"; name: string }
  | { kind: "words"; text: string }
  | { kind: "sign"; sign: string }
);

export interface NumberStyle {
  /** `1,234` is one number; else a list of two. */
  thousands: boolean;
  /** `1,5` is one and a half. */
  decimalComma: boolean;
}

/** Names of several letters that are one thing without a backslash. */
const plainNames = new Set(
  (
    "sin cos tan cot sec csc arcsin arccos arctan asin acos atan sinh cosh tanh asinh acosh atanh Abs ceiling log ln lg exp sqrt cbrt abs factorial " +
    "binom binomial floor ceil gcd lcm max min pi theta alpha beta gamma delta epsilon lambda mu rho sigma tau phi omega " +
    "infty infinity inf oo emptyset EmptySet frac union cup in degrees deg pm mod"
  ).split(" "),
);
const aliases: Record<string, string> = {
  asin: "arcsin",
  acos: "arccos",
  atan: "arctan",
  asinh: "arcsinh",
  acosh: "arccosh",
  atanh: "arctanh",
  Abs: "abs",
  ceiling: "ceil",
  infty: "infinity",
  inf: "infinity",
  oo: "infinity",
  varnothing: "emptyset",
  EmptySet: "emptyset",
  binomial: "binom",
  choose: "choose",
  lg: "log",
  varphi: "phi",
  varepsilon: "epsilon",
  union: "cup",
  dots: "ldots",
  cdots: "ldots",
  lvert: "vert",
  rvert: "vert",
  mid: "vert",
  degrees: "circ",
  deg: "circ",
};
const textCommands =
  /^(?:text|textbf|textit|textrm|textnormal|mbox|mathrm|mathbf|mathit|operatorname|textsf|mathsf|textup|hbox|bm|boldsymbol|mathcal|mathbb|emph)$/;
const signsOfTwo = new Set(["<=", ">=", "!=", "**", "=="]);

/** The body of a `{…}` that starts at `from` (the place of the brace), or undefined where it never closes. */
export function braced(text: string, from: number): { body: string; end: number } | undefined {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === "\\") at++;
    else if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return { body: text.slice(from + 1, at), end: at + 1 };
  }
  return undefined;
}

function readNumber(
  text: string,
  at: number,
  style: NumberStyle,
): { text: string; length: number } | undefined {
  const rest = text.slice(at, at + 400);
  const grouped = style.thousands
    ? (/^\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?/.exec(rest) ??
      /^\d{1,3}(?:\.\d{3}){2,}(?!\d)(?:,\d+)?/.exec(rest) ??
      /^\d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d)/.exec(rest) ??
      /^\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?/.exec(rest))
    : null;
  if (grouped) {
    const raw = grouped[0];
    if (raw.includes(" ")) return { text: raw.replaceAll(" ", "").replace(",", "."), length: raw.length };
    const dotted = /^\d{1,3}\.\d{3}[.,]/.test(raw);
    return {
      text: dotted ? raw.replaceAll(".", "").replace(",", ".") : raw.replaceAll(",", ""),
      length: raw.length,
    };
  }
  if (style.decimalComma) {
    const comma = /^\d+,\d+(?![\d,])/.exec(rest);
    if (comma) return { text: comma[0].replace(",", "."), length: comma[0].length };
  }
  const plain = /^(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,3}(?![\d.a-zA-Z]))?/.exec(rest);
  if (plain) {
    // "5." at the end of a sentence
    return { text: plain[0], length: plain[0].length };
  }
  return undefined;
}

/** Cuts a mathematical text into tokens; undefined where a character has no place in one. */
export function tokenize(text: string, style: NumberStyle): Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  let glued = false;
  const push = (
    token: Token extends infer T ? (T extends { glued: boolean } ? Omit<T, "glued"> : never) : never,
  ) => {
    tokens.push({ ...token, glued } as Token);
    glued = true;
  };
  while (at < text.length) {
    if (tokens.length > 4000) return undefined;
    const character = text[at]!;
    if (/\s/.test(character)) {
      glued = false;
      at++;
      continue;
    }
    const number = /[\d.]/.test(character) ? readNumber(text, at, style) : undefined;
    if (number) {
      const value = parseDecimal(number.text);
      if (!value) return undefined;
      const mantissa = number.text.replace(/[eE].*$/, "");
      const places = /[eE]/.test(number.text) ? 0 : (mantissa.split(".")[1]?.length ?? 0);
      const digits = mantissa.replace(".", "").replace(/^0+/, "").length;
      push({ kind: "number", value, text: number.text, places, digits });
      at += number.length;
      continue;
    }
    if (character === "\\") {
      const environment = /^\\(begin|end)\{([a-z]+)\*?\}(?:\{[lcr| ]*\})?/.exec(text.slice(at, at + 60));
      if (environment) {
        push({ kind: "name", name: environment[1] === "end" ? "end" : `begin ${environment[2]!}` });
        at += environment[0].length;
        continue;
      }
      const command = /^\\([a-zA-Z]+)/.exec(text.slice(at, at + 40));
      if (!command) {
        const escaped = text[at + 1];
        if (escaped === undefined) return undefined;
        push({
          kind: "sign",
          sign:
            escaped === "{" || escaped === "}"
              ? `\\${escaped}`
              : escaped === "\\"
                ? "\\\\"
                : escaped === "|"
                  ? "|"
                  : escaped,
        });
        at += 2;
        continue;
      }
      const name = command[1]!;
      at += command[0].length;
      if (textCommands.test(name)) {
        const open = /^\s*\{/.exec(text.slice(at, at + 5));
        const argument = open && braced(text, at + open[0].length - 1);
        if (!argument) continue;
        at = argument.end;
        const inner = argument.body.trim();
        const nested = /^[a-zA-Z]$/.test(inner)
          ? [{ kind: "name", name: inner } as const]
          : /^[\d.,]+$/.test(inner) || plainNames.has(inner)
            ? tokenize(inner, style)
            : undefined;
        if (nested) for (const token of nested) push(token);
        else if (inner !== "") push({ kind: "words", text: inner });
        continue;
      }
      push({ kind: "name", name: aliases[name] ?? name });
      continue;
    }
    const word = /^[a-zA-Z]+/.exec(text.slice(at, at + 60))?.[0];
    if (word) {
      at += word.length;
      for (const token of splitWord(word)) push(token);
      continue;
    }
    if (/[^\x20-\x7e]/.test(character)) return undefined;
    const two = text.slice(at, at + 2);
    const sign = signsOfTwo.has(two) ? two : character;
    if (!/^[-+*/^_=<>!()[\]{},;:|%$&'°.?]|^[<>!*=]=|^\*\*/.test(sign)) return undefined;
    if (sign === "?") return undefined;
    at += sign.length;
    if (sign === "." && at >= text.trimEnd().length) continue;
    push({ kind: "sign", sign: sign === "**" ? "^" : sign === "==" ? "=" : sign });
  }
  return tokens;
}

type Bare = { kind: "name"; name: string } | { kind: "words"; text: string };

/** Whether letters together are one name, `pi` or `infinity`. */
export function isName(word: string): boolean {
  return plainNames.has(word);
}

/** `xy` is a product of letters, `sinx` a sine, `pi` a constant, `odd` a word. */
function splitWord(word: string): Bare[] {
  if (word.length === 1 || plainNames.has(word)) return [{ kind: "name", name: aliases[word] ?? word }];
  const lead = /^(?:arcsin|arccos|arctan|sin|cos|tan|log|ln|pi)(?=[a-zA-Z]$)/.exec(word)?.[0];
  if (lead)
    return [
      { kind: "name", name: lead },
      { kind: "name", name: word.slice(lead.length) },
    ];
  if (word.length <= 4 && !isEnglish(word) && /^[a-z]+$|^[A-Z]+$|^[a-z][A-Z]|^[A-Z][a-z]$/.test(word))
    return [...word].map((name) => ({ kind: "name", name }));
  return [{ kind: "words", text: word }];
}
