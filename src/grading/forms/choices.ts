/** A choice as people write it: `B`, `(B)`, `B.`, `option B`, `$B$`, `**B**`, `\text{(B)}`, with or without its text. */
export interface Choice {
  letter: string;
  /** What stands after the letter, if anything. */
  text: string;
}

const bare = /^(?:(?:option|choice|answer)\s*:?\s*)?[([{]?\s*([A-Za-z])\s*[)\]}]?\s*[.:)]?$/i;
const withText = /^(?:(?:option|choice|answer)\s*:?\s*)?(?:\(([A-Z])\)|([A-Z])\s*[.):])\s*[:.-]?\s*(\S.*)$/s;

/** Reads a choice; a lower-case letter counts only in brackets. The text has been unwrapped. */
export function readChoice(text: string): Choice | undefined {
  const plain = text
    .replace(/\\(?:text|textbf|mathrm|mathbf|mbox)\s*\{([^{}]*)\}/g, "$1")
    .replace(/[$*`]/g, "")
    .trim();
  const alone = bare.exec(plain);
  if (alone) {
    const letter = alone[1]!;
    if (/[a-z]/.test(letter) && !/[()[\]]|option|choice/i.test(plain)) return undefined;
    return { letter: letter.toUpperCase(), text: "" };
  }
  const full = withText.exec(plain);
  return full ? { letter: (full[1] ?? full[2])!, text: full[3]!.trim() } : undefined;
}

export interface Options {
  letters: string[];
  texts: string[];
}

/** Ways to mark choices, each with what the second mark has in it. */
const markings: [second: string, pattern: RegExp][] = [
  ["(B)", /\(([A-Z])\)\s*/g],
  ["B", /(?:^|\n)[ \t]{0,9}(?:[-*][ \t]*)?\**([A-Z])\s*[.):]\**\s+/g],
  ["B", /(?:^|\s)([A-Z])[.)]\s+/g],
  ["(b)", /\(([a-z])\)\s*/g],
];

/** The choices that a question offers, `(A) …`, `A. …`, `A) …`, on lines or in one; undefined without at least two. */
export function readOptions(question: string): Options | undefined {
  for (const [second, pattern] of markings) {
    // quicker to look for than a pattern to compile
    if (!question.includes(second)) continue;
    const marks = [...question.slice(-20_000).matchAll(pattern)];
    const run = lastRun(marks);
    if (run.length < 2) continue;
    const tail = question.slice(-20_000);
    const letters = run.map((mark) => mark[1]!.toUpperCase());
    const texts = run.map((mark, place) => {
      const start = mark.index + mark[0].length;
      const end = run[place + 1]?.index ?? tail.length;
      return (tail.slice(start, end).split(place === run.length - 1 ? /\n\s*\n/ : /\n{3}/)[0] ?? "").trim();
    });
    return { letters, texts };
  }
  return undefined;
}

/** The last run of marks A, B, C, … */
function lastRun(marks: RegExpExecArray[]): RegExpExecArray[] {
  let best: RegExpExecArray[] = [];
  let run: RegExpExecArray[] = [];
  for (const mark of marks) {
    const place = mark[1]!.toUpperCase().charCodeAt(0) - 65;
    if (place === run.length) run.push(mark);
    else if (place === 0) run = [mark];
    if (run.length >= 2) best = run;
  }
  return best;
}
