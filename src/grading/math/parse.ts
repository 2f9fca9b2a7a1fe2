import { isNumber, negated, product, properFraction, quotient, sumOf } from "./build.ts";
import type { Expression, Relation } from "./expression.ts";
import { add, compare, isInteger, one, rational } from "./rational.ts";
import { ParseError, TokenReader } from "./token-reader.ts";
import type { NumberStyle, Token } from "./tokens.ts";
import { tokenize } from "./tokens.ts";

const relationSigns: Record<string, Relation> = {
  "=": "=",
  "<": "<",
  ">": ">",
  "<=": "<=",
  ">=": ">=",
  "!=": "!=",
};
const relationNames: Record<string, Relation> = { approx: "≈", sim: "≈", simeq: "≈", in: "in", equiv: "≡" };
const functions = new Set(
  "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh log ln exp abs factorial gcd lcm max min floor ceil cbrt".split(
    " ",
  ),
);
/** Letters that name a function when a bracket is glued to them. */
const functionLetters = /^[fghFGHP]'*$/;
const bigOperators = new Set(["sum", "prod", "int", "lim", "bigcup", "bigcap"]);
const separators = /^(?:,?\s*(?:and|or)\s*)$/i;

/**
 * Reads a mathematical answer whose notation is already plain (notation.ts).
 * @returns undefined where it is none, or is nested too deep
 */
export function parseMath(text: string, style: NumberStyle): Expression | undefined {
  const tokens = tokenize(text, style);
  if (!tokens || tokens.length === 0) return undefined;
  try {
    return new Parser(tokens).whole();
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

/** Recursive descent; a method a level of precedence, loosest first. */
class Parser extends TokenReader {
  private insideBars = 0;

  whole(): Expression {
    const result = this.list();
    if (this.at < this.tokens.length) throw new ParseError();
    return result;
  }

  /** `a, b and c` */
  private list(): Expression {
    const items = [this.deeper(() => this.relation())];
    while (this.separator()) {
      if (this.at >= this.tokens.length) break;
      items.push(this.deeper(() => this.relation()));
    }
    return items.length === 1 ? items[0]! : { type: "group", open: "", close: "", items };
  }

  private separator(): boolean {
    const start = this.at;
    for (;;) {
      const token = this.peek();
      if (token?.kind === "sign" && (token.sign === "," || token.sign === ";")) this.at++;
      else if (token?.kind === "words" && separators.test(token.text)) this.at++;
      else return this.at > start;
    }
  }

  private relation(): Expression {
    const operands = [this.sets()];
    const operators: Relation[] = [];
    for (;;) {
      const token = this.peek();
      const operator =
        token?.kind === "sign"
          ? relationSigns[token.sign]
          : token?.kind === "name"
            ? relationNames[token.name]
            : undefined;
      if (!operator) break;
      this.at++;
      operators.push(operator);
      operands.push(this.sets());
    }
    return operators.length === 0 ? operands[0]! : { type: "relation", operators, operands };
  }

  private sets(): Expression {
    let left = this.ratio();
    for (;;) {
      const operator = this.isName("cup")
        ? "union"
        : this.isName("cap")
          ? "intersection"
          : this.isName("setminus") || this.isName("backslash")
            ? "difference"
            : undefined;
      if (!operator) return left;
      this.at++;
      const right = this.ratio();
      left =
        left.type === "set-operation" && left.operator === operator && operator !== "difference"
          ? { ...left, sets: [...left.sets, right] }
          : { type: "set-operation", operator, sets: [left, right] };
    }
  }

  private ratio(): Expression {
    const terms = [this.sum()];
    while (this.takeSign(":")) terms.push(this.sum());
    return terms.length === 1 ? terms[0]! : { type: "ratio", terms };
  }

  private sum(): Expression {
    const terms: Expression[] = [];
    let result: Expression | undefined;
    for (;;) {
      const token = this.peek();
      const sign =
        token?.kind === "sign" && (token.sign === "+" || token.sign === "-")
          ? token.sign
          : token?.kind === "name" && (token.name === "pm" || token.name === "mp")
            ? token.name
            : undefined;
      if (!sign && (terms.length > 0 || result)) break;
      if (sign) this.at++;
      const term = this.product();
      if (sign === "pm" || sign === "mp") {
        const left = sumOf(terms);
        result = { type: "plus-minus", left: left, right: term, upper: sign === "pm" ? "+" : "-" };
        terms.length = 0;
        terms.push(result);
      } else terms.push(sign === "-" ? negated(term) : term);
    }
    return sumOf(terms);
  }

  private product(): Expression {
    let left = this.unary();
    for (;;) {
      if (this.takeSign("*")) left = product(left, this.unary());
      else if (this.takeSign("/")) left = quotient(left, this.unary());
      else if (this.startsFactor() || this.isSpacedNumber(left)) left = product(left, this.power());
      else return left;
    }
  }

  private unary(): Expression {
    if (this.takeSign("-")) return negated(this.deeper(() => this.unary()));
    if (this.takeSign("+")) return this.deeper(() => this.unary());
    return this.power();
  }

  /** `2^6 3^5`, `3!4!`: after a power a number may follow, with a space, and after a factorial. */
  private isSpacedNumber(left: Expression): boolean {
    const last = left.type === "product" ? left.factors.at(-1)! : left;
    const token = this.peek();
    if (token?.kind !== "number") return false;
    return last.type === "power" ? !token.glued : last.type === "call" && last.name === "factorial";
  }

  /** Whether what comes next can be multiplied with what stands before it, without a sign. */
  private startsFactor(): boolean {
    const token = this.peek();
    if (!token) return false;
    if (token.kind === "name") return !(token.name in relationNames) && !infixNames.has(token.name);
    if (token.kind === "sign") {
      if (token.sign === "(" || token.sign === "{" || token.sign === "\\{") return true;
      if (token.sign === "[") return true;
      return token.sign === "|" && this.insideBars === 0 && this.tokens[this.at - 1]?.kind === "number";
    }
    return false;
  }

  private power(): Expression {
    const base = this.postfix();
    if (!this.takeSign("^")) return base;
    if (this.isName("circ")) {
      this.at++;
      return { type: "call", name: "degrees", arguments: [base] };
    }
    const exponent = this.script();
    return this.afterPower({ type: "power", base, exponent });
  }

  /** `x^{2}!`, `x^2%`, `x^{a}^{b}` */
  private afterPower(node: Expression): Expression {
    return this.takeSign("!") ? { type: "call", name: "factorial", arguments: [node] } : node;
  }

  /** What stands after `^` or `_`: a braced list, a signed atom. */
  private script(): Expression {
    if (this.takeSign("{")) {
      const inner = this.deeper(() => this.list());
      this.expect("}");
      return inner;
    }
    if (this.takeSign("-")) return negated(this.script());
    const base = this.atom();
    if (this.takeSign("^")) return { type: "power", base, exponent: this.deeper(() => this.script()) };
    return base;
  }

  private postfix(): Expression {
    let node = this.atom();
    for (;;) {
      if (this.isSign("!") && !this.isSign("=", 1)) {
        this.at++;
        node = { type: "call", name: "factorial", arguments: [node] };
      } else if (this.takeSign("%")) node = { type: "call", name: "percent", arguments: [node] };
      else if (this.isName("circ")) {
        this.at++;
        node = { type: "call", name: "degrees", arguments: [node] };
      } else if (isNumber(node) && this.isSign("_")) {
        this.at++;
        node = { type: "call", name: "base", arguments: [node, this.script()] };
      } else return node;
    }
  }

  private atom(): Expression {
    return this.deeper(() => this.anyAtom());
  }

  private anyAtom(): Expression {
    const token = this.peek();
    if (!token) throw new ParseError();
    if (token.kind === "number") return this.number(token);
    if (token.kind === "name") return this.named(token.name);
    if (token.kind === "words") {
      // a word stands for itself, never for a factor
      if (!this.isBoundary(-1) || !this.isBoundary(1)) throw new ParseError();
      this.at++;
      return { type: "words", text: token.text };
    }
    switch (token.sign) {
      case "(":
      case "[":
        return this.bracketed(token.sign);
      case "{":
        return this.braces("}");
      case "\\{":
        return this.braces("\\}");
      case "|": {
        this.at++;
        this.insideBars++;
        const inner = this.list();
        this.insideBars--;
        if (!this.takeSign("|") && !this.takeName("vert")) throw new ParseError();
        return { type: "call", name: "abs", arguments: [inner] };
      }
      default:
        throw new ParseError();
    }
  }

  private number(token: Extract<Token, { kind: "number" }>): Expression {
    this.at++;
    const node: Expression = {
      type: "number",
      value: token.value,
      ...(token.text.includes(".") ? { places: token.places, digits: token.digits } : {}),
    };
    return this.mixed(node) ?? node;
  }

  /** `1 1/2` and `1\frac{1}{2}`: an integer, then a proper fraction of integers. */
  private mixed(whole: Extract<Expression, { type: "number" }>): Expression | undefined {
    if (!isInteger(whole.value) || whole.places !== undefined) return undefined;
    const start = this.at;
    const next = this.peek();
    if (next?.kind === "name" && next.name === "frac") {
      const fraction = this.named("frac");
      const value = properFraction(fraction);
      if (value) return { type: "number", value: add(whole.value, value) };
      this.at = start;
      return undefined;
    }
    const bottom = this.peek(2);
    if (next?.kind !== "number" || next.glued || !this.isSign("/", 1) || bottom?.kind !== "number")
      return undefined;
    const fraction = quotient({ type: "number", value: next.value }, { type: "number", value: bottom.value });
    const value = properFraction(fraction);
    if (!value) return undefined;
    this.at += 3;
    return { type: "number", value: add(whole.value, value) };
  }

  private bracketed(open: "(" | "["): Expression {
    this.at++;
    const items = this.items();
    const close = this.takeSign(")") ? ")" : this.takeSign("]") ? "]" : undefined;
    if (!close) throw new ParseError();
    if (items.length === 1 && (open === "(") === (close === ")")) {
      const only = items[0]!;
      return only.type === "relation" ? { type: "group", open, close, items } : only;
    }
    return { type: "group", open, close, items };
  }

  private items(): Expression[] {
    const bars = this.insideBars;
    this.insideBars = 0;
    const inner = this.deeper(() => this.list());
    this.insideBars = bars;
    return inner.type === "group" && inner.open === "" ? inner.items : [inner];
  }

  /** A LaTeX group, a set, or a set-builder. */
  private braces(close: "}" | "\\}"): Expression {
    this.at++;
    if (this.takeSign(close)) return { type: "group", open: "{", close: "}", items: [] };
    this.insideBars++;
    const items = this.deeper(() => this.list());
    this.insideBars--;
    if (this.takeSign("|") || this.takeName("vert") || this.takeName("colon")) {
      const condition = this.list();
      this.expect(close);
      return { type: "call", name: "set-builder", arguments: [items, condition] };
    }
    this.expect(close);
    if (items.type === "group" && items.open === "")
      return { type: "group", open: "{", close: "}", items: items.items };
    if (close === "\\}") return { type: "group", open: "{", close: "}", items: [items] };
    return items;
  }

  private named(name: string): Expression {
    this.at++;
    if (name.startsWith("begin ")) return this.matrix();
    if (name === "frac") return quotient(this.argument(), this.argument());
    if (name === "binom") return this.call("binom", () => [this.argument(), this.argument()]);
    if (name === "sqrt") return this.root();
    if (name === "lfloor" || name === "lceil") {
      const inner = this.list();
      if (!this.takeName(name === "lfloor" ? "rfloor" : "rceil")) throw new ParseError();
      return { type: "call", name: name === "lfloor" ? "floor" : "ceil", arguments: [inner] };
    }
    if (name === "vert") {
      this.at--;
      this.tokens[this.at] = { kind: "sign", sign: "|", glued: false };
      return this.anyAtom();
    }
    if (name === "pmod") return { type: "call", name, arguments: [this.argument()] };
    if (bigOperators.has(name)) return this.bigOperator(name);
    if (functions.has(name)) return this.application(name);
    if (infixNames.has(name) || name in relationNames) throw new ParseError();
    return this.symbol(name);
  }

  private call(name: string, read: () => Expression[]): Expression {
    if (this.isSign("(")) {
      this.at++;
      const items = this.items();
      this.expect(")");
      return { type: "call", name, arguments: items };
    }
    return { type: "call", name, arguments: read() };
  }

  /** `\sqrt{x}`, `\sqrt[3]{x}`, `\sqrt2`, `sqrt(2)` */
  private root(): Expression {
    let index: Expression | undefined;
    if (this.isSign("[")) {
      this.at++;
      index = this.list();
      this.expect("]");
    }
    const radicand = this.argument();
    const exponent: Expression = index
      ? quotient({ type: "number", value: one }, index)
      : { type: "number", value: rational(1n, 2n) };
    return { type: "power", base: radicand, exponent };
  }

  /** A braced argument, or the next token. */
  private argument(): Expression {
    const token = this.peek();
    if (token?.kind === "sign" && token.sign === "{") {
      this.at++;
      const inner = this.deeper(() => this.list());
      this.expect("}");
      return inner;
    }
    if (token?.kind === "number") {
      this.at++;
      return { type: "number", value: token.value };
    }
    return this.atom();
  }

  private application(name: string): Expression {
    let exponent: Expression | undefined;
    let subscript: Expression | undefined;
    for (;;) {
      if (!exponent && this.takeSign("^")) exponent = this.script();
      else if (!subscript && this.takeSign("_")) subscript = this.script();
      else break;
    }
    let argumentsOf: Expression[];
    if (this.isSign("(")) {
      this.at++;
      argumentsOf = this.items();
      this.expect(")");
    } else argumentsOf = [this.deeper(() => this.tightProduct())];
    let called = name;
    if (
      exponent &&
      isNumber(exponent) &&
      compare(exponent.value, rational(-1n)) === 0 &&
      !name.startsWith("arc")
    ) {
      called = `arc${name}`;
      exponent = undefined;
    }
    if (subscript) argumentsOf.push(subscript);
    const node: Expression = { type: "call", name: called, arguments: argumentsOf };
    return exponent ? { type: "power", base: node, exponent } : node;
  }

  /** The argument of `\sin 2x`: factors without a sign between them, up to the next function. */
  private tightProduct(): Expression {
    if (this.takeSign("-")) return negated(this.tightProduct());
    let left = this.power();
    for (;;) {
      const token = this.peek();
      if (!token || !this.startsFactor() || (token.kind === "sign" && token.sign !== "{")) return left;
      if (token.kind === "name" && functions.has(token.name)) return left;
      left = product(left, this.power());
    }
  }

  private bigOperator(name: string): Expression {
    const parts: Expression[] = [];
    for (const sign of ["_", "^", "_"]) if (this.takeSign(sign)) parts.push(this.script());
    parts.push(this.product());
    return { type: "call", name, arguments: parts };
  }

  private symbol(name: string): Expression {
    let full = name;
    for (;;) {
      if (this.isSign("'")) full += "'";
      else if (this.isSign("_")) {
        full += `_${this.subscript()}`;
        continue;
      } else break;
      this.at++;
    }
    if (functionLetters.test(full) && this.isSign("(") && this.peek()!.glued) {
      this.at++;
      const items = this.items();
      this.expect(")");
      return { type: "call", name: full, arguments: items };
    }
    if (name.length > 1 && this.isSign("{")) {
      const inner = this.argument();
      return { type: "call", name, arguments: [inner] };
    }
    return { type: "symbol", name: full };
  }

  /** The text of a subscript, `1` of `x_1`, `n-1` of `F_{n-1}`. */
  private subscript(): string {
    this.at++;
    const words: string[] = [];
    let open = 0;
    do {
      const token = this.peek();
      if (!token) throw new ParseError();
      this.at++;
      if (token.kind === "sign" && token.sign === "{") open++;
      else if (token.kind === "sign" && token.sign === "}") open--;
      else words.push(token.kind === "sign" ? token.sign : token.kind === "name" ? token.name : token.text);
    } while (open > 0);
    return words.join("");
  }

  private matrix(): Expression {
    const rows: Expression[][] = [[]];
    for (;;) {
      if (this.takeName("end")) break;
      if (this.takeSign("\\\\")) rows.push([]);
      else if (!this.takeSign("&")) rows.at(-1)!.push(this.deeper(() => this.list()));
      if (this.at >= this.tokens.length) throw new ParseError();
    }
    return { type: "matrix", rows: rows.filter((row) => row.length > 0) };
  }
}

const infixNames = new Set([
  "pm",
  "mp",
  "cup",
  "cap",
  "setminus",
  "backslash",
  "end",
  "rfloor",
  "rceil",
  "vert",
  "circ",
]);
