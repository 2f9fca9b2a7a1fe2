import { braced } from "../math/tokens.ts";

/** What every `\boxed{…}` (and `\fbox`) in a text holds, innermost once, with its place. */
export function boxes(text: string): { body: string; start: number; end: number; closed: boolean }[] {
  const found: { body: string; start: number; end: number; closed: boolean }[] = [];
  const pattern = /\\{1,2}(?:boxed|fbox)(?![a-zA-Z])\s*(\{)?/g;
  for (let match = pattern.exec(text); match && found.length < 2000; match = pattern.exec(text)) {
    const start = match.index;
    const from = start + match[0].length;
    if (!match[1]) {
      // \boxed 5
      const bare = /^\s*(?:\\?[a-zA-Z]+|[\d.]+)/.exec(text.slice(from, from + 40));
      if (bare) found.push({ body: bare[0].trim(), start, end: from + bare[0].length, closed: true });
      continue;
    }
    const inside = braced(text.slice(0, from + 4000), from - 1);
    if (!inside) {
      const body = text.slice(from, from + 400).split(/\n|\$|\\\]|\\\)/)[0]!;
      found.push({ body, start, end: from + body.length, closed: false });
      continue;
    }
    const inner = boxes(inside.body).at(-1);
    found.push({ body: inner?.closed ? inner.body : inside.body, start, end: inside.end, closed: true });
    pattern.lastIndex = inside.end;
  }
  return found;
}

/** Without the marks that only present an answer: `$…$`, `\(…\)`, `**…**`, backticks, a full stop at the end. */
export function unwrap(text: string): string {
  let current = text.trim();
  for (let round = 0; round < 8; round++) {
    const next = peel(current).trim();
    if (next === current) return next;
    current = next;
  }
  return current;
}

function peel(text: string): string {
  const inner =
    /^\$\$([^$]*)\$\$[.,]?$/.exec(text)?.[1] ??
    /^\$([^$]*[^$\\])\$[.,]?$/.exec(text)?.[1] ??
    /^\\\(((?:(?!\\\)).)*)\\\)[.,]?$/s.exec(text)?.[1] ??
    /^\\\[((?:(?!\\\]).)*)\\\][.,]?$/s.exec(text)?.[1] ??
    /^(\*\*|__|`{1,3})((?:(?!\1).)+)\1[.,:]?$/s.exec(text)?.[2] ??
    /^\*([^*]+)\*[.,]?$/.exec(text)?.[1];
  if (inner !== undefined) return inner;
  const box = /^\\{1,2}(?:boxed|fbox)\s*\{/.exec(text);
  if (box) {
    const body = braced(text, box[0].length - 1);
    if (body && /^[\s.,$]*$/.test(text.slice(body.end))) return body.body;
  }
  const command = /^\\(?:text|textbf|mathrm|mathbf|mbox|textnormal|textit|operatorname)\s*\{/.exec(text);
  if (command) {
    const body = braced(text, command[0].length - 1);
    if (body && text.slice(body.end).trim() === "") return body.body;
  }
  return text
    .replace(/(?<!\\)\\$/, "")
    .replace(/(?<![.\d\\])\.$|(?<=\d)\.$|[。．]$/, "")
    .replace(
      /^(?:≈|=|\\approx|~)\s*|^(?:approximately|approx\.?|about|around|roughly|nearly|exactly)\s+(?=[-$€£\\\d.])/i,
      "",
    )
    .replace(/(?<=\d)\s*\((?:approx\.?|approximately|rounded|exact(?:ly)?)\)$/i, "");
}

/** `%` where a box or a formula is followed by a percent sign or word. */
export function percentAfter(text: string, end: number): string {
  return /^[\s$\\)\]]*(?:\\?%|\b(?:percent(?:age)?|pct)\b)/i.test(text.slice(end, end + 30)) ? "%" : "";
}
