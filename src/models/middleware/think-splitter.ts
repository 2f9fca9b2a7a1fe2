import { dialects } from "./think-dialects.ts";

/** A piece of a model's text; `relabel` says that all text before it was reasoning. */
export type Piece = { kind: "reasoning" | "text"; text: string } | { kind: "relabel" };

/** Takes a text apart while it arrives. */
export interface ThinkSplitter {
  /** What is certain now. Held back is only what may become a tag. */
  push(text: string): Piece[];
  /** What was held back. */
  end(): Piece[];
  /** Whether there was a tag. */
  readonly found: boolean;
}

/** The tags to look for in one state, and as a pattern. */
interface Search {
  tags: string[];
  pattern: RegExp;
}

const opens = dialects.flatMap(({ open }) => open);
const outside = search([...opens, ...dialects.flatMap(({ close }) => close)]);
const inside = dialects.map(({ close, closeWhenOpen = [] }) => search([...close, ...closeWhenOpen]));
const firstCharacters = /[<[◁]/;

function search(tags: string[]): Search {
  const escaped = tags.map((tag) => tag.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return { tags, pattern: new RegExp(escaped.join("|"), "gi") };
}

/** What is kept of the text before, to see whether a tag starts a line. */
const context = 200;

export function thinkSplitter(): ThinkSplitter {
  /** The text, from a little before what is done: searching all of it anew would take quadratic time. */
  let whole = "";
  let done = 0;
  let found = false;
  /** What closes the reasoning that we are in; undefined outside. */
  let closing: Search | undefined;
  /** Where the last tag ended. */
  let tagEnd = 0;
  let afterTag = false;

  function* upTo(end: number): Generator<Piece> {
    let text = whole.slice(done, end);
    done = end;
    // the line breaks around tags belong to nobody
    if (afterTag) text = text.trimStart();
    if (text === "") return;
    afterTag = false;
    yield { kind: closing === undefined ? "text" : "reasoning", text };
  }

  function* certain(): Generator<Piece> {
    for (;;) {
      const { pattern } = closing ?? outside;
      const match = nextTag(pattern, closing === undefined);
      if (match === undefined) return;
      yield* upTo(match.index);
      done = tagEnd = match.index + match.tag.length;
      afterTag = found = true;
      const dialect = dialects.findIndex(({ open }) => open.includes(match.tag));
      if (closing === undefined && dialect < 0) yield { kind: "relabel" };
      closing = closing === undefined ? inside[dialect] : undefined;
    }
  }

  function nextTag(pattern: RegExp, mayOpen: boolean): { index: number; tag: string } | undefined {
    pattern.lastIndex = done;
    for (let match = pattern.exec(whole); match !== null; match = pattern.exec(whole)) {
      const tag = match[0].toLowerCase().replace(/\[.*\]/, (upper) => upper.toUpperCase());
      const opening = mayOpen && opens.includes(tag);
      if (opening ? startsLine(match.index) : !isQuoted(match.index)) return { index: match.index, tag };
    }
    return undefined;
  }

  /** Models open their reasoning on a line of its own; elsewhere they speak about the tag. */
  function startsLine(index: number): boolean {
    const lineStart = index === 0 ? 0 : whole.lastIndexOf("\n", index - 1) + 1;
    const line = whole.slice(Math.max(0, tagEnd, lineStart), index);
    return line.trim() === "";
  }

  function isQuoted(index: number): boolean {
    return /["'`]/.test(whole[index - 1] ?? "");
  }

  /** Where a tail begins that could still grow into a tag. */
  function heldFrom(): number {
    const { tags } = closing ?? outside;
    const longest = Math.max(...tags.map((tag) => tag.length));
    for (let i = Math.max(done, whole.length - longest + 1); i < whole.length; i++) {
      if (!firstCharacters.test(whole[i]!)) continue;
      const tail = whole.slice(i).toLowerCase();
      if (tags.some((tag) => tag.toLowerCase().startsWith(tail))) return i;
    }
    return whole.length;
  }

  function forget(): void {
    const cut = done - context;
    if (cut < context) return;
    whole = whole.slice(cut);
    done -= cut;
    tagEnd = Math.max(0, tagEnd - cut);
  }

  return {
    push(text) {
      whole += text;
      const pieces = [...certain(), ...upTo(heldFrom())];
      forget();
      return pieces;
    },
    end: () => [...upTo(whole.length)],
    get found() {
      return found;
    },
  };
}

/** Takes a whole text apart. */
export function splitThinking(whole: string): { reasoning?: string; text: string } {
  if (!firstCharacters.test(whole)) return { text: whole };
  const splitter = thinkSplitter();
  const pieces = [...splitter.push(whole), ...splitter.end()];
  if (!splitter.found) return { text: whole };
  const reasoning: string[] = [];
  let texts: string[] = [];
  let previous: Piece["kind"] | undefined;
  for (const piece of pieces) {
    if (piece.kind === "relabel") {
      reasoning.push(...texts.splice(0));
    } else if (piece.kind === previous) {
      const list = piece.kind === "text" ? texts : reasoning;
      list.push((list.pop() ?? "") + piece.text);
    } else {
      (piece.kind === "text" ? texts : reasoning).push(piece.text);
    }
    previous = piece.kind;
  }
  texts = texts.map((text) => text.trim());
  const thoughts = reasoning.map((text) => text.trim()).filter((text) => text !== "");
  return {
    ...(thoughts.length === 0 ? {} : { reasoning: thoughts.join("\n\n") }),
    text: texts.filter((text) => text !== "").join("\n\n"),
  };
}
