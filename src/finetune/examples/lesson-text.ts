import { extractAnswer } from "../../grading/extract.ts";
import { answerMark, completionText } from "../../transformer/format.ts";

const tagged = /<(think|thinking|reasoning|thought)>([\s\S]*?)<\/\1>/;

/**
 * What the assistant says, in the form that the built-in model learns: the steps, a line each, then `Answer: …`.
 * @param reasoning where it stands apart from the text
 * @returns undefined where no final answer can be found
 */
export function lessonText(
  content: string,
  reasoning?: string,
): { text: string; answer: string } | undefined {
  const tags = reasoning === undefined ? tagged.exec(content) : null;
  const steps = (reasoning ?? tags?.[2] ?? "").trim();
  const rest = (tags === null ? content : content.replace(tags[0], "")).trim();
  const found = extractAnswer(rest) ?? extractAnswer(`${steps}\n${rest}`);
  if (found === undefined) return undefined;
  const whole = steps === "" ? rest : `${steps}\n${rest}`;
  const lines = whole.split("\n").filter((line) => line.trim() !== "");
  const stated = lines.at(-1)!.startsWith(answerMark);
  if (stated) return { text: lines.join("\n"), answer: found.answer };
  const before = steps === "" ? lines.slice(0, -1).join("\n") : steps.replace(/\n{2,}/g, "\n");
  return { text: completionText(before, found.answer), answer: found.answer };
}
