import type { Token } from "./tokens.ts";

/** Deeper nesting than this is no answer. */
const maximumDepth = 60;

/** What was read is no mathematics; `parseMath` turns it into undefined. */
export class ParseError extends Error {}

/** A place in a list of tokens, and the small questions that a parser asks there. */
export class TokenReader {
  protected at = 0;
  private depth = 0;

  constructor(protected readonly tokens: Token[]) {}

  protected peek(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead];
  }

  protected isSign(sign: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token?.kind === "sign" && token.sign === sign;
  }

  protected isName(name: string): boolean {
    const token = this.peek();
    return token?.kind === "name" && token.name === name;
  }

  protected takeSign(sign: string): boolean {
    if (!this.isSign(sign)) return false;
    this.at++;
    return true;
  }

  protected expect(sign: string): void {
    if (!this.takeSign(sign)) throw new ParseError();
  }

  protected deeper<T>(parse: () => T): T {
    if (++this.depth > maximumDepth) throw new ParseError();
    const result = parse();
    this.depth--;
    return result;
  }

  protected isBoundary(ahead: number): boolean {
    const token = this.peek(ahead);
    if (!token || token.kind === "words") return true;
    return token.kind === "sign" && /^(?:[,;()[\]{}&|=]|\\[{}\\])$/.test(token.sign);
  }

  protected takeName(name: string): boolean {
    if (!this.isName(name)) return false;
    this.at++;
    return true;
  }
}
