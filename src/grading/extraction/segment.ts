/** Only the end of a very long text is read. */
const maximumLength = 100_000;

/** Further questions after which an answer is looked for. */
const maximumTries = 4;

const endMarks =
  /<\|(?:im_start|im_end|endoftext|end_of_text|eot_id|eot|end|user|assistant|system)\|>|<EOS_TOKEN>|<\/s>|<end_of_turn>|\[INST\]/;
const nextQuestion =
  /\n[ \t]{0,9}(?:#{1,6}[ \t]*)?(?:\*\*)?(?:Question|Q|Problem|Exercise|Example|Input|User|Human|Instruction|Student)(?:[ \t]*\d{1,4})?(?:\*\*)?[ \t]*:(?!\s{0,9}\(?[A-Z]\)?\s{0,9}$)/g;

/**
 * The part of a text that answers the question: without what was thought in tags, without the next question that a
 * base model goes on with, without examples recited before the question itself.
 */
export function answeringPart(
  text: string,
  question: string | undefined,
  states: (part: string) => boolean,
): string {
  let part = afterThinking(text.length > maximumLength ? text.slice(-maximumLength) : text);
  const end = endMarks.exec(part.slice(1));
  if (end && part.slice(0, end.index + 1).trim() !== "") part = part.slice(0, end.index + 1);
  part = part.slice(endOfRestated(part, question));
  let tries = 0;
  for (const mark of part.matchAll(nextQuestion)) {
    const before = part.slice(0, mark.index);
    if (before.trim() === "") continue;
    if (states(before)) return before;
    if (++tries === maximumTries) break;
  }
  return part;
}

/** Where the question ends that a text states once more before it answers, after examples for instance; 0 without. */
function endOfRestated(text: string, question: string | undefined): number {
  const own = question?.trim() ?? "";
  if (own.length < 40) return 0;
  const start = text.lastIndexOf(own.slice(0, 40));
  const close = own.slice(-40);
  const end = start < 0 ? -1 : text.indexOf(close, start);
  return end < 0 || text.slice(end + close.length).trim() === "" ? 0 : end + close.length;
}

/** What stands after the last closing tag of a thought; the thought itself where nothing does. */
function afterThinking(text: string): string {
  const closing = /<\/(?:think|thinking|thought|reasoning|reflection)>/gi;
  let end = 0;
  for (const match of text.matchAll(closing)) end = match.index + match[0].length;
  const rest = text.slice(end);
  const isOpen = end === 0 && /^\s*<(?:think|thinking|thought)>/i.test(text);
  // a thought that was cut off
  if (isOpen) return "";
  if (rest.trim() !== "") return rest;
  return text.slice(0, end).replace(/<\/?(?:think|thinking|thought|reasoning|reflection)>/gi, "\n");
}
