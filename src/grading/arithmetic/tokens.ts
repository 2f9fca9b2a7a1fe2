import { signs, commands, superscripts } from "./signs.ts";
import type { Rational } from "../math/rational.ts";
import { parseDecimal } from "../math/rational.ts";

/** What the checker of steps sees of a text. `start` and `end` are places in the text. */
export type ArithmeticToken = Bare & { start: number; end: number };

export type NumberToken = Extract<Bare, { kind: "number" }>;

export type Bare =
  | {
      kind: "number";
      value: Rational;
      /** decimal places as written */
      places: number;
      /** significant digits as written */
      digits: number;
      /** a digit and a comma or a colon are glued to its left: it may be a part of a number */
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
  | { kind: "break" };

/** With thousands (1,250), or lakhs (1,00,000), or neither. */
const number =
  /(?:\d{1,3}(?:(?:,|\\,|\{,\}|,\\!)\d{3})+(?!\d)(?:\.\d+)?|\d{1,2}(?:,\d\d)+,\d{3}(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)/y;
const letters = String.raw`A-Za-zÀ-ÖØ-öø-ɏ`;
const letter = new RegExp(`[${letters}]`);
const word = new RegExp(`[${letters}][${letters}'’]*(?:-[A-Za-z]+)*`, "y");
const command = /\\([A-Za-z]+)/y;
/** The two characters \n of a text that is still in its JSON quotes, not the start of \neq or \nu. */
const quotedNewline = /^\\n(?!(?:eq?|ot|u|abla|ewline|i|mid)(?![a-z]))/;
/** A line that opens with = goes on with the chain of the line before, and so does one with a sign before such a line. */
const goesOn =
  /^(?:[ \t&]|\\n|\\q?quad){0,20}(?:=|≈|\\approx|[-+−×·*÷/][^\n=]{0,160}(?:\n|\\\\)[ \t&\n]{0,20}(?:=|≈|\\approx))/;
const lookAhead = 220;

/** Cuts a text into at most so many tokens, in one pass. */
export function arithmeticTokens(text: string, maximum: number): ArithmeticToken[] {
  const scanner = new Scanner(text);
  while (!scanner.done && scanner.tokens.length < maximum) scanner.step();
  return scanner.tokens;
}

class Scanner {
  readonly tokens: ArithmeticToken[] = [];
  private at = 0;
  private start = 0;
  private currency: string | undefined;
  private lineStart = true;

  constructor(private readonly text: string) {}

  get done(): boolean {
    return this.at >= this.text.length;
  }

  step(): void {
    this.start = this.at;
    const character = this.text[this.at]!;
    if (/[ \t\u00a0&~'"“”`°]/.test(character)) this.at++;
    else if (character === "\n") this.newline(1);
    else if (/\d/.test(character) || (character === "." && /\d/.test(this.text[this.at + 1] ?? "")))
      this.number();
    else if (character === "\\") this.backslash();
    else if (letter.test(character)) this.word();
    else if (/[\u0370-\u03ff]/.test(character)) this.greek();
    else this.sign(character);
  }

  private add(token: Bare): void {
    this.tokens.push({ ...token, start: this.start, end: this.at });
    this.lineStart = false;
  }

  private ahead(length: number): string {
    return this.text.slice(this.at, this.at + length);
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text);
  }

  private newline(length: number): void {
    this.at += length;
    if (!goesOn.test(this.ahead(lookAhead)) && !this.expectsOperand()) this.add({ kind: "break" });
    this.lineStart = true;
  }

  private opensLine(): boolean {
    return this.lineStart && (this.tokens.at(-1)?.kind ?? "break") === "break";
  }

  /** After `3 * 4 +` at the end of a line. */
  private expectsOperand(): boolean {
    const last = this.tokens.at(-1);
    return last?.kind === "operator" && last.sign !== "mod" && last.sign !== "of" && !this.lineStart;
  }

  private number(): void {
    const written = this.match(number)![0];
    this.at += written.length;
    const value = parseDecimal(written.replace(/[,\\{}!]/g, ""));
    const before = this.text.slice(Math.max(0, this.start - 2), this.start);
    const ordinal = this.lineStart && /^[.)]\s/.test(this.ahead(2));
    if (ordinal) {
      this.at++;
      this.add({ kind: "break" });
    } else if (this.ahead(2) === ".(") {
      // 0.(3), a recurring decimal
      this.at++;
      this.add({ kind: "symbol" });
    } else if (!value || /\d\.$/.test(before) || /^\.\d/.test(this.ahead(2))) this.add({ kind: "symbol" });
    // a date's 05, a program's "3"
    else if (/^0\d/.test(written) || this.isQuoted(before)) this.add({ kind: "symbol" });
    else {
      const comma = /^,(\d+)/.exec(this.ahead(20))?.[1];
      this.add({
        kind: "number",
        value,
        places: written.split(".")[1]?.length ?? 0,
        digits: written.replace(/^[0.]+|\D/g, "").length,
        partLeft: /\d[,:]$/.test(before),
        ...(comma === undefined ? {} : { commaDigits: comma }),
        ...(this.currency === undefined ? {} : { currency: this.currency }),
      });
      this.currency = undefined;
    }
    if (/^:\d/.test(this.ahead(2))) this.add({ kind: "symbol" });
  }

  private isQuoted(before: string): boolean {
    const quote = before.at(-1);
    return (quote === '"' || quote === "'") && this.text[this.at] === quote;
  }

  private backslash(): void {
    if (quotedNewline.test(this.ahead(12))) {
      this.newline(2);
      return;
    }
    const name = this.match(command)?.[1];
    if (name === undefined) this.escaped();
    else {
      this.at += name.length + 1;
      const meaning = Object.hasOwn(commands, name) ? commands[name]! : { kind: "symbol" as const };
      if (meaning === "words") this.textCommand();
      else if (/^q?quad$/.test(name) && this.opensRow()) return;
      else if (meaning !== "skip") this.add(meaning);
    }
  }

  /** Space at the start of a row of a formula, or after a sign, ends nothing. */
  private opensRow(): boolean {
    const before = this.text.slice(Math.max(0, this.start - 8), this.start);
    return (
      this.lineStart ||
      /\\\\\s*&?\s*$/.test(before) ||
      /^(?:operator|relation)$/.test(this.tokens.at(-1)?.kind ?? "")
    );
  }

  /** `\$`, `\%`, `\[`, `\\` */
  private escaped(): void {
    const next = this.text[this.at + 1];
    this.at += 2;
    if (next === "$") this.currency = "$";
    else if (next === "%") this.add({ kind: "percent" });
    else if (
      next === "\\"
        ? !goesOn.test(this.ahead(lookAhead)) && !this.expectsOperand()
        : next !== undefined && "[]{}".includes(next)
    )
      this.add({ kind: "break" });
  }

  /** `\text{ apples}` */
  private textCommand(): void {
    const body = /^\s{0,9}\{([^{}]{0,200})\}/.exec(this.ahead(220));
    if (body) this.at += body[0].length;
    const words = (body?.[1] ?? "").replaceAll("~", " ").trim();
    if (/[=+*/\d]/.test(words)) this.add({ kind: "symbol" });
    else for (const text of words.split(/\s+/)) if (text !== "") this.add({ kind: "word", text });
  }

  private greek(): void {
    this.at++;
    this.add({ kind: "symbol" });
  }

  private word(): void {
    const text = this.match(word)![0];
    this.at += text.length;
    this.add(this.meaning(text));
  }

  private meaning(text: string): Bare {
    const before = this.tokens.at(-1);
    const glued = before !== undefined && before.end === this.start;
    const opensNumber = /^[ \t]{0,9}(?:\\?[$€£¥₹]\s?)?[\d(.]/.test(this.ahead(14));
    const bracket = this.text[this.at];
    if (/^(?:percent|pct)$/i.test(text) && before?.kind === "number") return { kind: "percent" };
    if (text === "equals") return { kind: "relation", sign: "=" };
    if (opensNumber) {
      if (/^[xX]$/.test(text) && before && /^(?:number|close|percent|word|brace-close)$/.test(before.kind))
        return { kind: "operator", sign: "*" };
      if (text === "mod") return { kind: "operator", sign: "mod" };
      if (text === "of" && this.endsShare()) return { kind: "operator", sign: "of" };
      if (/^[rR]$/.test(text) && before?.kind === "number") return { kind: "word", text: "remainder" };
    }
    if (text.length === 1 && (glued || !/^[aAI]$/.test(text))) return { kind: "symbol" };
    if (glued && before.kind === "number" && /^(?:e\d*|st|nd|rd|th)$/i.test(text)) return { kind: "symbol" };
    if (bracket === "(" && text === "sqrt") return { kind: "root" };
    return bracket === "(" || bracket === "_" || bracket === "["
      ? { kind: "symbol" }
      : { kind: "word", text };
  }

  /** After `20%`, `1/2` and `\frac{1}{2}` the word "of" multiplies. */
  private endsShare(): boolean {
    const [slash, bottom] = this.tokens.slice(-2);
    if (bottom?.kind === "percent" || bottom?.kind === "brace-close") return true;
    return slash?.kind === "operator" && slash.sign === "/" && bottom?.kind === "number";
  }

  private sign(character: string): void {
    this.at++;
    const next = this.text[this.at] ?? "";
    if (/[$€£¥₹]/.test(character)) this.currency = character;
    else if (character === "=" || signs[character]?.kind === "operator") this.operator(character, next);
    else if (superscripts.includes(character)) this.superscript();
    else if (character === "^" && this.isUnitPower()) return;
    else if (character === "!" && !/[\d)]/.test(this.text[this.start - 1] ?? "")) this.add({ kind: "break" });
    else if (character === "." && next === ".") {
      while (this.text[this.at] === ".") this.at++;
      this.add({ kind: "symbol" });
    } else this.add(signs[character] ?? { kind: "break" });
  }

  private operator(character: string, next: string): void {
    const previous = this.text[this.start - 1] ?? "";
    if (next === ">" || (next === "=" && character !== "=")) {
      this.at++;
      this.add({ kind: "break" });
    } else if (character === "=") {
      if (next === "=") this.at++;
      this.add({ kind: "relation", sign: "=" });
    } else if (character === "/" && next === "/") {
      this.at++;
      this.add({ kind: "symbol" });
    } else if (character === "*" && next === "*") {
      this.at++;
      // 2**3 is a power; elsewhere two stars are bold type
      if (/[\d)]/.test(previous) && /[\d(]/.test(this.ahead(1))) this.add({ kind: "operator", sign: "^" });
    } else if (this.opensLine() && /[*+-]/.test(character) && (/\s/.test(next) || character === "*")) {
      // a bullet or an opening mark of emphasis
    } else if (character !== "*" || /^\s{0,9}[\d(.\\$€£√-]/.test(this.ahead(10))) this.add(signs[character]!);
  }

  /** The 2 of `cm^2` and the circle of `90^\circ` are no powers. */
  private isUnitPower(): boolean {
    const afterWord = this.tokens.at(-1)?.kind === "word";
    const power =
      /^(?:\{?\\circ\}?(?![a-z])|\{?°\}?)/.exec(this.ahead(10)) ??
      (afterWord ? /^\{?-?\d\}?/.exec(this.ahead(4)) : null);
    if (!power) return false;
    this.at += power[0].length;
    return true;
  }

  private superscript(): void {
    const unit = this.tokens.at(-1)?.kind === "word";
    let digits = String(superscripts.indexOf(this.text[this.start]!));
    while (!this.done && superscripts.includes(this.text[this.at]!))
      digits += superscripts.indexOf(this.text[this.at++]!);
    if (unit) return;
    this.add({ kind: "operator", sign: "^" });
    this.add({
      kind: "number",
      value: parseDecimal(digits)!,
      places: 0,
      digits: digits.length,
      partLeft: false,
    });
  }
}
