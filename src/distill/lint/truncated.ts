/**
 * Whether a text was cut off before its end, as far as the text alone can show it: something opened was never
 * closed, or it stops where no sentence stops. Prefers to miss one over accusing a whole one.
 * @returns what shows it; undefined where nothing does
 */
export function truncationSign(text: string): string | undefined {
  const end = text.trimEnd();
  if ((end.match(/^```/gm) ?? []).length % 2 === 1) return "a code fence is never closed";
  const boxed = end.lastIndexOf("\\boxed{");
  if (boxed >= 0 && !closes(end, boxed + "\\boxed".length)) return "\\boxed{ is never closed";
  if ((end.match(/\\\[/g) ?? []).length > (end.match(/\\\]/g) ?? []).length) return "\\[ is never closed";
  const last = /(?:[,;([{=+×÷&]|[\w)] -)$/.exec(end);
  if (last) return `it ends with "${last[0].trim()}"`;
  const word = /\s(the|a|an|and|or|of|to|is|are|so|then|because|therefore|with|which|that)$/i.exec(end);
  return word ? `it ends with the word "${word[1]!}"` : undefined;
}

function closes(text: string, open: number): boolean {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return true;
  }
  return false;
}
