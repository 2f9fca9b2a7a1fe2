/** Values of program code, in Python's or JSON's notation: quoted strings, lists, tuples, dictionaries, constants. */
type Literal =
  | { kind: "string"; value: string }
  | { kind: "atom"; value: string }
  | { kind: "list" | "tuple" | "set"; items: Literal[] }
  | { kind: "map"; entries: [Literal, Literal][] };

/** Whether two literals have one value; undefined where they are not both literals with a string or a constant. */
export function sameLiteral(a: string, b: string): boolean | undefined {
  if (!/["']|\b(?:True|False|None)\b/.test(b)) return undefined;
  const right = readLiteral(b);
  if (!right) return undefined;
  const left = readLiteral(a);
  if (!left) return right.kind === "string" ? unquoted(a, right.value) : undefined;
  return key(left) === key(right);
}

/** A string whose quotes were left out is still that string. */
function unquoted(text: string, value: string): boolean {
  return text === value;
}

function key(literal: Literal): string {
  switch (literal.kind) {
    case "string":
      return JSON.stringify(literal.value);
    case "atom":
      return literal.value;
    case "set":
      return `set(${literal.items.map(key).sort().join()})`;
    case "map":
      return `{${literal.entries
        .map((entry) => entry.map(key).join(":"))
        .sort()
        .join()}}`;
    case "list":
    case "tuple":
      return `${literal.kind}(${literal.items.map(key).join()})`;
  }
}

const escapes: Record<string, string> = { n: "\n", t: "\t", r: "\r", "0": "\0", b: "\b", f: "\f" };

function readLiteral(text: string): Literal | undefined {
  let at = 0;
  let depth = 0;
  const space = (): void => {
    while (/\s/.test(text[at] ?? "")) at++;
  };
  const value = (): Literal | undefined => {
    space();
    if (++depth > 40) return undefined;
    const read = inner();
    depth--;
    space();
    return read;
  };
  const inner = (): Literal | undefined => {
    const character = text[at];
    if (character === "'" || character === '"') return string(character);
    if (character === "[") return sequence("]", "list");
    if (character === "(") return sequence(")", "tuple");
    if (character === "{") return braces();
    const atom = /^(?:True|False|None|true|false|null|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)(?![\w.])/.exec(
      text.slice(at, at + 60),
    );
    if (!atom) return undefined;
    at += atom[0].length;
    const name = { true: "True", false: "False", null: "None" }[atom[0]] ?? atom[0];
    return { kind: "atom", value: /^[-\d]/.test(name) ? String(Number(name)) : name };
  };
  const string = (quote: string): Literal | undefined => {
    let body = "";
    for (at++; at < text.length; at++) {
      const character = text[at]!;
      if (character === quote) {
        at++;
        return { kind: "string", value: body };
      }
      if (character !== "\\") body += character;
      else {
        const next = text[++at] ?? "";
        const code = next === "x" ? 2 : next === "u" ? 4 : 0;
        if (code > 0) {
          body += String.fromCharCode(Number.parseInt(text.slice(at + 1, at + 1 + code), 16));
          at += code;
        } else
          body +=
            escapes[next] ??
            (next === quote || next === "\\" || next === "'" || next === '"' ? next : `\\${next}`);
      }
    }
    return undefined;
  };
  const sequence = (close: string, kind: "list" | "tuple" | "set"): Literal | undefined => {
    at++;
    const items: Literal[] = [];
    let comma = false;
    for (;;) {
      space();
      if (text[at] === close) {
        at++;
        return kind === "tuple" && items.length === 1 && !comma ? items[0] : { kind, items };
      }
      const item = value();
      if (!item) return undefined;
      items.push(item);
      comma = text[at] === ",";
      if (comma) at++;
      else if (text[at] !== close) return undefined;
    }
  };
  const braces = (): Literal | undefined => {
    const start = at++;
    space();
    if (text[at] === "}") {
      at++;
      return { kind: "map", entries: [] };
    }
    const first = value();
    if (first && text[at] !== ":") {
      at = start;
      return sequence("}", "set");
    }
    at = start + 1;
    const entries: [Literal, Literal][] = [];
    for (;;) {
      space();
      if (text[at] === "}") {
        at++;
        return { kind: "map", entries };
      }
      const name = value();
      if (!name || text[at] !== ":") return undefined;
      at++;
      const held = value();
      if (!held) return undefined;
      entries.push([name, held]);
      if (text[at] === ",") at++;
      else if (text[at] !== "}") return undefined;
    }
  };
  const read = value();
  return read && at === text.length ? read : undefined;
}
