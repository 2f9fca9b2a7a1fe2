import type { Candidate } from "./anchors.ts";
import type { Expectation } from "./expectation.ts";
import { choiceIn, firstSentence, isTemplate, lastNumber } from "./stated.ts";
import type { Options } from "../forms/choices.ts";
import { plainText } from "../forms/text.ts";
import { unwrap } from "../forms/unwrap.ts";

/** What a text ends with, where nothing in it says that it is the answer. */
export function lastStatement(text: string, expected: Expectation): Candidate | undefined {
  const lines = text
    .slice(-6000)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^(?:```|---+)|^(?:\$\$|\\\]|\\\[)$/.test(line));
  const last = lines.at(-1);
  if (last === undefined || gaveUp.test(last)) return undefined;
  const answer = read(lines, expected);
  return answer === undefined || isTemplate(answer)
    ? undefined
    : { answer, anchor: "last-line", at: text.lastIndexOf(last), rank: 0 };
}

/** No answer: "I cannot tell", and a sentence that stops before its answer. */
const gaveUp =
  /\b(?:(?:can(?:not|['’]t)|could not|couldn['’]t|unable to|impossible to) (?:be )?(?:determine|tell|say|answer|solve|find|know)|do(?:es)? not (?:know|have enough)|don['’]t (?:know|have enough)|not enough information|insufficient (?:information|data))|^[^\d=]*\b(?:is|are|be|equals)\s*:?\s*$|^[^\d=]{0,40}:$/i;

function read(lines: string[], expected: Expectation): string | undefined {
  const last = lines.at(-1)!;
  if (expected.kind === "choice")
    return choiceIn(last, expected.options) ?? concludedChoice(last, expected.options);
  if (expected.kind === "yes-no") return yesNo(lines);
  const sentences = last.split(/(?<=[.!?])\s+(?=[A-Z])/);
  const line = unwrap(last.replace(/^[A-Za-z][A-Za-z ]{1,30}:\s+(?=\S)/, ""));
  if (expected.kind === "any" && sentences.length === 1 && (isShort(line) || isFormula(line))) return line;
  for (const sentence of [...sentences].reverse().concat([...lines.slice(0, -1)].reverse())) {
    const formulas = lastFormulas(sentence);
    // "the smallest such $n$ is 7"
    const isVariable =
      formulas !== undefined && /^[a-zA-Z]$/.test(formulas) && lastNumber(sentence) !== undefined;
    if (formulas !== undefined && !isVariable && (expected.kind === "any" || /\d/.test(formulas)))
      return formulas;
    const whole = expected.kind === "any" ? lastWhole(sentence) : undefined;
    if (whole !== undefined) return whole;
    const value = lastNumber(mainClause(sentence)) ?? lastNumber(sentence);
    if (value !== undefined) return value;
  }
  return expected.kind === "any" && lines.length === 1 && line.length < 120 ? firstSentence(line) : undefined;
}

/** "Hence C", "I'd go with C", "C is correct", "The capital is Paris": the choice that a last line comes to. */
function concludedChoice(line: string, options: Options): string | undefined {
  const sentence = line
    .slice(-400)
    .split(/(?<=[.!?])\s+(?=[A-Z(])/)
    .at(-1)!;
  const last = options.letters.at(-1)!;
  const letter = String.raw`\(?([A-${last}])\)?`;
  const patterns = [
    String.raw`\b(?:hence|so|thus|therefore|go with|choose|pick|select|must be|has to be|but|answer)[\s,:–—-]+(?:it(?:'s| is) |is |option |choice )?${letter}[\s.!)*]*$`,
    String.raw`^\W*(?:option |choice )?${letter} (?:is|must be|has to be) (?:the )?(?:correct|right|best)\b`,
  ];
  for (const pattern of patterns) {
    const found = new RegExp(pattern, "i").exec(sentence)?.[1];
    if (found && options.letters.includes(found)) return found;
  }
  const alone = /^\W*([a-z])\W*$/.exec(sentence)?.[1]?.toUpperCase();
  if (alone !== undefined && options.letters.includes(alone)) return alone;
  return namedOption(sentence, options);
}

/** The one option whose text a sentence has in it, unless it denies something. */
function namedOption(sentence: string, options: Options): string | undefined {
  if (/\b(?:no|not|never|nor|neither|wrong|incorrect|false|except|unlike)\b|n['’]t\b/i.test(sentence))
    return undefined;
  const said = ` ${plainText(sentence)} `;
  const named = options.texts.flatMap((option, place) => {
    const text = plainText(option);
    return text.length > 2 && said.includes(` ${text} `) ? [place] : [];
  });
  return named.length === 1 ? options.letters[named[0]!] : undefined;
}

const months =
  "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
const wholes = [
  String.raw`\d{1,4}[/-]\d{1,2}[/-]\d{1,4}`,
  String.raw`(?:${months})\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2} (?:${months})\.? \d{4}`,
  String.raw`[-−]?\d+ \d+/\d+`,
  String.raw`[[({](?:[^()[\]{}=]{1,200},)+[^()[\]{}=]{1,80}[\])}]`,
  String.raw`[a-z] = [-−\d./]+(?:,? (?:and|or) [a-z] = [-−\d./]*\d|, [a-z] = [-−\d./]*\d)+`,
].map((source) => new RegExp(String.raw`(?<![\w.])(?:${source})(?=[ a-z²³]{0,20}[.!*\s]*$)`, "i"));

/** A date, a mixed number, a list, several solutions at the end of a sentence: more than its last number. */
function lastWhole(sentence: string): string | undefined {
  const tail = sentence.slice(-400);
  for (const pattern of wholes) {
    const match = pattern.exec(tail);
    if (match) return match[0];
  }
  return undefined;
}

/** Without ", having begun with 60", ", while 8 is the next". */
function mainClause(sentence: string): string {
  return sentence.replace(
    /,\s+(?:having|since|because|compared|after|while|whereas|instead of|rather than|not|out of|although)\b[^,]*$/i,
    "",
  );
}

const formula = /\$((?:[^$\\]|\\.)+)\$|\\\(((?:[^\\]|\\[^)])*)\\\)/g;

/** The last formula of a sentence, with those that "and", "or" or a comma join to it. */
function lastFormulas(sentence: string): string | undefined {
  const all = [...sentence.slice(-2000).matchAll(formula)];
  const joined: RegExpExecArray[] = all.slice(-1);
  for (const span of all.slice(0, -1).reverse()) {
    const between = sentence.slice(-2000).slice(span.index + span[0].length, joined[0]!.index);
    if (!/^\s*(?:,|and|or|,\s*(?:and|or))\s*$/.test(between)) break;
    joined.unshift(span);
  }
  return joined.length === 0 ? undefined : joined.map((span) => unwrap((span[1] ?? span[2])!)).join(", ");
}

/** A line of mathematics with a variable: `x = 5 or x = -2`. */
function isFormula(line: string): boolean {
  const words = line.match(/[a-zA-Z]{2,}/g) ?? [];
  return /\b[a-zA-Z]\s*[=<>≤≥]/.test(line) && words.every((word) => /^(?:and|or)$/.test(word));
}

/** A few words that can be an answer as they stand: no formula to take out, no sentence about it. */
function isShort(line: string): boolean {
  const words = line.split(/\s+/).length;
  if (/=|:$|\$[^$]+\$|\\\(/.test(line)) return false;
  return /\d/.test(line)
    ? words <= 3 && !/[\u3400-\u9fff]/.test(line)
    : words <= 6 && !/^(?:this|that|these|it|which|so|thus|hence|therefore)\b/i.test(line);
}

function yesNo(lines: string[]): string | undefined {
  for (const line of [...lines].reverse().slice(0, 3)) {
    const match =
      /^\W*(yes|no|true|false)\b|\b(yes|no|true|false)[.!]?\W*$|\bso,? (?:the answer is )?(yes|no)\b/i.exec(
        line,
      );
    if (match) return match[1] ?? match[2] ?? match[3];
  }
  return undefined;
}
