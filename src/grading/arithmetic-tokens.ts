import type { Rational } from "./rational.ts";
import { parseDecimal } from "./rational.ts";

/** What the checker of steps sees of a text. `start` and `end` are places in the text. */
export type ArithmeticToken = { start: number; end: number } & (
  | {
      kind: "number";
      value: Rational;
      /** decimal places as written */
      places: number;
      /** a digit and a comma, a colon or a point are glued to its left: it may be a part of a number */
      partLeft: boolean;
      /** the digits after a comma glued to its right */
      commaDigits?: string;
      currency?: string;
    }
  | { kind: "operator"; sign: "+" | "-" | "*" | "/" | "^" | "mod" | "of" }
  | { kind: "open" | "close" | "brace-open" | "brace-close" | "percent" | "factorial" | "fraction" | "root" }
  | { kind: "relation"; sign: "=" | "≈" }
  | { kind: "word"; text: string }
  /** a variable, an unknown function or sign: no arithmetic around it */
  | { kind: "symbol" }
  /** ends an expression */
  | { kind: "break" }
);

const operators: Record<string, "+" | "-" | "*" | "/" | "^"> = {
  "+": "+",
  "＋": "+",
  "-": "-",
  "−": "-",
  "–": "-",
  "*": "*",
  "×": "*",
  "·": "*",
  "⋅": "*",
  "∙": "*",
  "✕": "*",
  "✖": "*",
  "/": "/",
  "÷": "/",
  "⁄": "/",
  "^": "^",
};
const commands: Record<string, ArithmeticToken["kind"] | "*" | "/" | "=" | "≈" | "skip" | "mod"> = {
  times: "*",
  cdot: "*",
  div: "/",
  frac: "fraction",
  dfrac: "fraction",
  tfrac: "fraction",
  sqrt: "root",
  approx: "≈",
  left: "skip",
  right: "skip",
  big: "skip",
  Big: "skip",
  bigl: "skip",
  bigr: "skip",
  displaystyle: "skip",
  boxed: "skip",
  mathbf: "skip",
  quad: "break",
  qquad: "break",
  implies: "break",
  Rightarrow: "break",
  rightarrow: "break",
  Longrightarrow: "break",
  to: "break",
  text: "word",
  mbox: "word",
  textbf: "word",
  mathrm: "word",
  textrm: "word",
  begin: "break",
  end: "break",
};
const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const numberPattern = /(?:\d{1,3}(?:(?:,|\\,|\{,\}|,\\!)\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)/y;
const wordPattern = /[A-Za-zÀ-ÖØ-öø-ɏ][A-Za-zÀ-ÖØ-öø-ɏ'’]*(?:-[A-Za-z]+)*\.?/y;
const commandPattern = /\\([A-Za-z]+)/y;

/** Cuts a text into tokens, in one pass. */
export function arithmeticTokens(text: string): ArithmeticToken[] {
  const tokens: ArithmeticToken[] = [];
  let at = 0;
  let currency: string | undefined;
  let lineStart = true;
  const add = (token: ArithmeticToken): void => {
    tokens.push(token);
    lineStart = false;
  };
  while (at < text.length) {
    const start = at;
    const character = text[at]!;
    if (character === "\n") {
      at++;
      // a line that opens with = goes on with the chain of the line before
      if (!/^[ \t]*&?[ \t]*(?:=|≈|\\approx)/.test(text.slice(at, at + 40)))
        add({ kind: "break", start, end: at });
      lineStart = true;
      continue;
    }
    if (
      character === " " ||
      character === "\t" ||
      character === "\u00a0" ||
      character === "&" ||
      character === "~"
    ) {
      at++;
      continue;
    }
    if ((character >= "0" && character <= "9") || (character === "." && /\d/.test(text[at + 1] ?? ""))) {
      numberPattern.lastIndex = at;
      const match = numberPattern.exec(text)!;
      at += match[0].length;
      const value = parseDecimal(match[0].replace(/,|\\|\{|\}|!/g, ""));
      const before = text.slice(Math.max(0, start - 2), start);
      if (!value || /\d[.]$/.test(before) || /^\.\d/.test(text.slice(at, at + 2))) {
        add({ kind: "symbol", start, end: at });
        continue;
      }
      const list = lineStart && /^[.)]\s/.test(text.slice(at, at + 2));
      if (list) {
        at++;
        add({ kind: "break", start, end: at });
        continue;
      }
      const comma = /^,(\d+)/.exec(text.slice(at, at + 20))?.[1];
      add({
        kind: "number",
        start,
        end: at,
        value,
        places: match[0].split(".")[1]?.length ?? 0,
        partLeft: /\d[,:]$/.test(before),
        ...(comma === undefined ? {} : { commaDigits: comma }),
        ...(currency === undefined ? {} : { currency }),
      });
      currency = undefined;
      if (/^:\d/.test(text.slice(at, at + 2))) add({ kind: "symbol", start: at, end: at + 1 });
      continue;
    }
    if (character === "\\") {
      commandPattern.lastIndex = at;
      const command = commandPattern.exec(text)?.[1];
      // the two characters \n of a text that is still in its JSON quotes
      if (command?.startsWith("n") && !/^(?:neq?|not|nu|nabla|newline|ni|nmid)$/.test(command)) {
        at += 2;
        if (!/^(?: |\\n)*(?:=|≈)/.test(text.slice(at, at + 40))) add({ kind: "break", start, end: at });
        lineStart = true;
        continue;
      }
      if (command === undefined) {
        const next = text[at + 1] ?? "";
        at += 2;
        if (next === "$") currency = "$";
        else if (next === "%") add({ kind: "percent", start, end: at });
        else if (next === "[" || next === "]" || next === "{" || next === "}")
          add({ kind: "break", start, end: at });
        else if (next === "\\") {
          if (!/^\s*&?\s*=/.test(text.slice(at, at + 40))) add({ kind: "break", start, end: at });
        }
        continue;
      }
      at += command.length + 1;
      const meaning = Object.hasOwn(commands, command) ? commands[command]! : "symbol";
      if (meaning === "skip") continue;
      if (meaning === "*" || meaning === "/") add({ kind: "operator", sign: meaning, start, end: at });
      else if (meaning === "=" || meaning === "≈") add({ kind: "relation", sign: meaning, start, end: at });
      else if (meaning === "word") {
        const body = /^\s*\{([^{}]*)\}/.exec(text.slice(at, at + 200));
        if (body) at += body[0].length;
        const words = (body?.[1] ?? "").trim();
        if (/[=+*/\d]/.test(words)) add({ kind: "symbol", start, end: at });
        else
          for (const word of words.split(/\s+/))
            if (word !== "") add({ kind: "word", text: word, start, end: at });
      } else if (meaning === "symbol" || meaning === "break" || meaning === "fraction" || meaning === "root")
        add({ kind: meaning, start, end: at });
      continue;
    }
    if (/[A-Za-zÀ-ÖØ-öø-ɏ]/.test(character)) {
      wordPattern.lastIndex = at;
      const word = (wordPattern.exec(text)?.[0] ?? character).replace(/\.$/, "");
      at += word.length;
      addWord(word, start, at);
      continue;
    }
    at++;
    if (
      character === "$" ||
      character === "€" ||
      character === "£" ||
      character === "¥" ||
      character === "₹"
    ) {
      currency = character;
      continue;
    }
    if (character === "*" && text[at] === "*") {
      at++;
      // 2**3 is a power; elsewhere two stars are bold type
      if (/[\d)]/.test(text[start - 1] ?? "") && /[\d(]/.test(text[at] ?? ""))
        add({ kind: "operator", sign: "^", start, end: at });
      continue;
    }
    if (character === "/" && text[at] === "/") {
      at++;
      add({ kind: "symbol", start, end: at });
      continue;
    }
    const operator = operators[character];
    if (operator) {
      if (text[at] === ">" || text[at] === "=") {
        at++;
        add({ kind: "break", start, end: at });
      } else if (!(lineStart && /[*+-]/.test(character) && /\s/.test(text[at] ?? ""))) {
        // a bullet at the start of a line is no sign
        if (character === "*" && !/^\s*[\d(.\\$€£-]/.test(text.slice(at, at + 10))) continue;
        add({ kind: "operator", sign: operator, start, end: at });
      }
      continue;
    }
    if (character === "=") {
      if (text[at] === "=") at++;
      if (text[at] === ">") {
        at++;
        add({ kind: "break", start, end: at });
      } else add({ kind: "relation", sign: "=", start, end: at });
      continue;
    }
    if (character === "≈" || character === "≃" || character === "≅")
      add({ kind: "relation", sign: "≈", start, end: at });
    else if (character === "(" || character === "[") add({ kind: "open", start, end: at });
    else if (character === ")" || character === "]") add({ kind: "close", start, end: at });
    else if (character === "{") add({ kind: "brace-open", start, end: at });
    else if (character === "}") add({ kind: "brace-close", start, end: at });
    else if (character === "%") add({ kind: "percent", start, end: at });
    else if (character === "!" && /[\d)]/.test(text[start - 1] ?? ""))
      add({ kind: "factorial", start, end: at });
    else if (superscripts.includes(character)) {
      let digits = String(superscripts.indexOf(character));
      while (at < text.length && superscripts.includes(text[at]!))
        digits += superscripts.indexOf(text[at++]!);
      add({ kind: "operator", sign: "^", start, end: start });
      add({ kind: "number", start, end: at, value: parseDecimal(digits)!, places: 0, partLeft: false });
    } else if (character === "√") add({ kind: "root", start, end: at });
    else if (
      character === "_" ||
      character === "∑" ||
      character === "|" ||
      character === "…" ||
      character === "±" ||
      character === "π"
    )
      add({ kind: "symbol", start, end: at });
    else if (character === "." && text[at] === ".") {
      while (text[at] === ".") at++;
      add({ kind: "symbol", start, end: at });
    } else if (character === "<" && text[at] === "<") {
      at++;
      add({ kind: "break", start, end: at });
    } else if (
      character === "'" ||
      character === '"' ||
      character === "“" ||
      character === "”" ||
      character === "`"
    )
      continue;
    else add({ kind: "break", start, end: at });
  }
  return tokens;

  function addWord(word: string, start: number, end: number): void {
    const before = tokens.at(-1);
    const glued = before !== undefined && before.end === start;
    const next = /^\s*(?:\\?[$€£¥₹]\s*)?([\d(.])/.test(text.slice(end, end + 12));
    if (
      /^[xX]$/.test(word) &&
      next &&
      before &&
      /^(?:number|close|percent|word|brace-close)$/.test(before.kind)
    )
      add({ kind: "operator", sign: "*", start, end });
    else if (word === "mod" && next) add({ kind: "operator", sign: "mod", start, end });
    else if (
      word === "of" &&
      next &&
      before &&
      (before.kind === "percent" || before.kind === "brace-close" || isFraction())
    )
      add({ kind: "operator", sign: "of", start, end });
    else if (/^[rR]$/.test(word) && before?.kind === "number" && /^\s*\d/.test(text.slice(end, end + 4)))
      add({ kind: "word", text: "remainder", start, end });
    else if (word.length === 1 && !(/^[aAI]$/.test(word) && !glued)) add({ kind: "symbol", start, end });
    else if (glued && before.kind === "number" && /^(?:e\d*|st|nd|rd|th)$/i.test(word))
      add({ kind: "symbol", start, end });
    else if (text[end] === "(" && /^(?:sqrt)$/.test(word)) add({ kind: "root", start, end });
    else if (text[end] === "(" || text[end] === "_") add({ kind: "symbol", start, end });
    else add({ kind: "word", text: word, start, end });
  }

  function isFraction(): boolean {
    const [slash, bottom] = tokens.slice(-2);
    return slash?.kind === "operator" && slash.sign === "/" && bottom?.kind === "number";
  }
}
