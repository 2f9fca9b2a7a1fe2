import type { Expectation } from "./expectation.ts";
import type { Anchor } from "../extract.ts";
import { choiceIn, isTemplate, statedValue } from "./stated.ts";
import { boxes, percentAfter, unwrap } from "../forms/unwrap.ts";

/** A statement of an answer, where it stands, and how binding that kind of statement is. */
export interface Candidate {
  answer: string;
  anchor: Anchor;
  at: number;
  rank: number;
}

/** `<answer>3</answer>`; also one that is never closed, at the end. */
export function tagged(text: string): Candidate[] {
  if (!text.includes("<")) return [];
  const closed =
    /<(answer|final_answer|finalanswer|result|solution)>((?:(?!<\1>)[\s\S]){0,2000}?)<\/\1\s*>/gi;
  const open = /<(answer|final_answer)>\s*([^\s<][^<\n]{0,60}?)\s*$/gi;
  return [closed, open].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match): Candidate[] => {
      const answer = unwrap(match[2]!.trim());
      return isTemplate(answer) ? [] : [{ answer, anchor: "tag", at: match.index, rank: 4 }];
    }),
  );
}

/** The `answer` of a JSON object, also of a broken one. */
export function json(text: string): Candidate[] {
  const pattern =
    /["'“](?:final[_ ]?)?answer["'”]\s*:\s*("(?:[^"\\]|\\[\s\S])*"|'[^'\n]*'(?=\s*[,}\n])|\[[^\]]*\]|\{[^}]*\}|[^",}\]\s][^,}\n]*)/gi;
  return [...text.matchAll(pattern)].flatMap((match): Candidate[] => {
    if (match[1] === "null") return [];
    const answer = jsonValue(match[1]!);
    // an empty list or string is a value of program code, no placeholder
    const value = /^(?:\[.*\]|\{.*\}|\(.*\)|'.*'|".*")$/s.test(answer) && !/[a-z]{3,} answer/i.test(answer);
    return isTemplate(answer) && !value ? [] : [{ answer, anchor: "json", at: match.index, rank: 4 }];
  });
}

function jsonValue(source: string): string {
  if (source.startsWith("'")) return source.slice(1, -1);
  if (!source.startsWith('"')) return source.trim();
  try {
    const value: unknown = JSON.parse(source.replace(/\n/g, "\\n").replace(/\t/g, "\\t"));
    if (typeof value === "string") return unescapedLatex(value, source);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return source.slice(1, -1).replace(/\\(["/])/g, "$1");
}

/** `"\frac12"` in JSON is a form feed and `rac12`: the backslash was meant. */
function unescapedLatex(value: string, source: string): string {
  return /[\f\v\b]|\t(?=ext|imes|an|heta)|\r(?=ight)|\n(?=eq)/.test(value) ? source.slice(1, -1) : value;
}

/** `#### 42`, `### 42`, and GSM8K's `A: 42` on a last line. */
export function hashed(text: string): Candidate[] {
  if (!text.includes("###")) return [];
  return [...text.matchAll(/^[ \t]*(?:####|###)[ \t]*([^\n#]{1,200})$/gm)].flatMap((match) => {
    const answer = unwrap(match[1]!.trim());
    const heading = /[a-zA-Z]{2,}.*[a-zA-Z]{2,}|:$|^(?:step|solution|explanation|conclusion|answer)\b/i.test(
      answer,
    );
    return heading || isTemplate(answer)
      ? []
      : [{ answer, anchor: "hash" as const, at: match.index, rank: 3 }];
  });
}

/** The last box; several that are given together make a list. */
export function boxed(text: string, expected: Expectation): Candidate[] {
  const found = boxes(text).filter(
    (box) => (box.closed || box.end < text.length - 1) && !isTemplate(unwrap(box.body)),
  );
  if (found.length === 0) return [];
  const group = [found.at(-1)!];
  for (let place = found.length - 2; place >= 0; place--) {
    const between = text.slice(found[place]!.end, group[0]!.start);
    if (
      between.length > 80 ||
      !/^[\s$\\()[\].,;&]*(?:\\?(?:text|quad|qquad)?\s*\{?\s*(?:and|or|for part \(\w\) and)?\s*\}?[\s$\\()[\],;&]*|(?:\\quad|\\qquad|\\text\s*\{\s*(?:and|or)\s*\}|[\s$\\,()])*)$/.test(
        between,
      )
    )
      break;
    group.unshift(found[place]!);
  }
  const bodies = [...new Set(group.map((box) => unwrap(box.body) + percentAfter(text, box.end)))];
  const answer = bodies.join(", ");
  const letter = expected.kind === "choice" ? choiceIn(answer, expected.options) : undefined;
  const rank = expected.kind === "choice" && letter === undefined ? 1 : 3;
  return [{ answer: letter ?? answer, anchor: "boxed", at: group[0]!.start, rank }];
}

interface Phrase {
  pattern: RegExp;
  rank: number;
  /** One of them, in small letters, stands in whatever the pattern matches: quicker to look for than a pattern to compile. */
  words: string[];
}

const phrases: Phrase[] = [
  {
    pattern:
      /(?<![A-Za-z])(?:final |correct |right |best |closest )*(?:answer|ans)(?:\s+(?:choice|option|letter))?(?![A-Za-z])(?:\s*\([^()\n]{0,60}\))?(?:\s+(?:to|for|of|in|from)\s+[^\n.:]{0,120}?)?[\s*_]{0,20}(?:\bis\b|\bare\b|\bwas\b|\b(?:would|will|should|must|could) be\b|[:：=])(?:\s*(?:therefore|thus|indeed|most likely|:|=))*/gi,
    rank: 3,
    words: ["ans"],
  },
  {
    pattern: /^[ \t*_#>]{0,20}(?:final )?answer[*_]{0,3}[ \t]+(?=[-−$]?\d|\$|\\\()/gim,
    rank: 3,
    words: ["answer"],
  },
  {
    pattern:
      /^[ \t*_#>]{0,20}(?:A|Ans|Result|Final result|Solution|Output)[ \t*_]{0,10}[:：](?=\s{0,20}\S)/gim,
    rank: 3,
    words: [":", "："],
  },
  {
    pattern:
      /(?:答案|正确答案|最终答案)[\s*]*(?:是|为|：|:)|(?:la )?r[ée]ponse(?: finale)? est|la respuesta es|die antwort (?:ist|lautet)|(?:r[ée]ponse|respuesta|antwort|risposta|resposta|ответ|答え|정답)[\s*]{0,9}[:：]/gi,
    rank: 3,
    words: ["答案", "ponse", "respuesta", "antwort", "risposta", "resposta", "ответ", "答え", "정답"],
  },
  {
    pattern:
      /\b(?:correct|right|best|final)\s+(?:option|choice|letter|statement|value|result|solution)\b[\s*]*(?:is|are|would be|[:=])/gi,
    rank: 2,
    words: ["correct", "right", "best", "final"],
  },
  {
    pattern:
      /\b(?:i (?:think|believe)|therefore|thus|so|hence),?\s+(?:it(?:'s| is)|i (?:choose|pick|select))\b/gi,
    rank: 1,
    words: ["it is", "it's", "i choose", "i pick", "i select"],
  },
  {
    pattern:
      /\bthe (?:final |total |overall |required |desired )?(?:result|value|total|solution|sum|number)(?: [a-z ]{0,30}?)? (?:is|comes out to be|equals|=)/gi,
    rank: 1,
    words: ["result", "value", "total", "solution", "sum", "number"],
  },
];

/** "The answer is …", "Answer: …", in words that say so. */
export function phrased(text: string, expected: Expectation): Candidate[] {
  const lower = text.toLowerCase();
  return phrases.flatMap(({ pattern, rank, words }) => {
    const found: Candidate[] = [];
    if (!words.some((word) => lower.includes(word))) return found;
    for (const match of [...text.matchAll(pattern)].slice(-200)) {
      const answer = statedValue(
        text.slice(match.index + match[0].length, match.index + match[0].length + 1500),
        expected,
      );
      if (answer === undefined || answer === "" || isTemplate(answer) || isWithdrawn(text, match)) continue;
      found.push({ answer, anchor: "phrase", at: match.index, rank });
    }
    return found;
  });
}

/** "I first thought the answer is 5", "the answer is 5? No": a statement that the text itself does not keep. */
function isWithdrawn(text: string, match: RegExpExecArray): boolean {
  const end = match.index + match[0].length;
  const before = text.slice(Math.max(0, match.index - 80), match.index);
  return (
    /^[^.!?\n]{1,40}\?\s+(?:no\b|not\b|wait\b|hmm)/i.test(text.slice(end, end + 60)) ||
    /\b(?:(?:first|initially|originally|at first|mistakenly|wrongly) (?:thought|guessed|assumed|said|believed)|(?:might|may|could) (?:be tempted to )?(?:think|say|guess|assume))(?: that)?(?: the)?\s*$/i.test(
      before,
    )
  );
}

/** "Option B is correct", "(B) is the right one"; the letter alone on the last line. */
export function chosen(text: string, expected: Expectation): Candidate[] {
  if (expected.kind !== "choice") return [];
  const { letters } = expected.options;
  const found: Candidate[] = [];
  const last = letters.at(-1)!;
  const pattern = new RegExp(
    String.raw`(?:\b(?:option|choice)\s+\(?([A-${last}])\)?|\(([A-${last}])\))[^.\n]{0,80}?\bis\s+(?:the\s+)?(?:most\s+)?(?:correct|right|best|accurate|appropriate|closest)`,
    "g",
  );
  for (const match of text.matchAll(pattern))
    found.push({ answer: (match[1] ?? match[2])!, anchor: "choice", at: match.index, rank: 2 });
  const lines = text.trimEnd().split("\n");
  const lastLine = lines.at(-1)!.trim();
  const alone = lastLine.length < 300 ? choiceIn(lastLine, expected.options) : undefined;
  if (alone !== undefined)
    found.push({ answer: alone, anchor: "choice", at: text.length - lastLine.length, rank: 2 });
  return found;
}

/** The last bold words where they end the text, and the last row of a table that holds the answer. */
export function emphasised(text: string, expected: Expectation): Candidate[] {
  const found: Candidate[] = [];
  const tail = text.slice(-3000);
  const start = text.length - tail.length;
  for (const match of tail.matchAll(/\*\*([^*\n]{1,200})\*\*/g)) {
    const inner = match[1]!
      .replace(/^[^:\n]{0,40}:\s*(?=\S)/, "")
      .replace(/[.:]$/, "")
      .trim();
    const value = statedValue(inner, expected);
    const rest = tail.slice(match.index + match[0].length);
    const heading =
      /:\s*$/.test(match[1]!) ||
      /^\s*:/.test(rest) ||
      /(?:^|\n)\s*\|[^\n]*$/.test(tail.slice(0, match.index));
    if (value !== undefined && !heading && rest.length < 200 && /\d|^\S+(?:\s\S+){0,4}$/.test(value))
      found.push({ answer: value, anchor: "bold", at: start + match.index, rank: 2 });
  }
  for (const match of tail.matchAll(
    /^[ \t]{0,10}\|[ \t]*\**[ \t]*(?:final\s+)?(?:answer|total|result|sum)\b[^|\n]{0,100}\|(?:[^|\n]{0,200}\|){0,20}?[ \t]{0,20}\**([^|\n*]{1,200})\**[ \t]{0,20}\|[ \t]*$/gim,
  )) {
    const value = match[1]!.trim();
    if (!isTemplate(value) && !/^-+$/.test(value))
      found.push({ answer: unwrap(value), anchor: "table", at: start + match.index, rank: 2 });
  }
  return found;
}
