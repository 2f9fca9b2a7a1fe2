/**
 * The right answer as data sets write it: after the last `####` (GSM8K), in the last `\boxed{}` (MATH), else the
 * text itself.
 */
export function goldOf(text: string): string {
  const hash = text.lastIndexOf("####");
  if (hash !== -1) return text.slice(hash + 4).trim();
  return lastBoxed(text) ?? text.trim();
}

/** What stands in the last `\boxed{…}` or `\fbox{…}`; undefined without one. */
export function lastBoxed(text: string): string | undefined {
  const start = Math.max(text.lastIndexOf("\\boxed{"), text.lastIndexOf("\\fbox{"));
  if (start === -1) return undefined;
  const open = text.indexOf("{", start);
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === "\\") i += 1;
    else if (text[i] === "{") depth += 1;
    else if (text[i] === "}" && --depth === 0) return text.slice(open + 1, i).trim();
  }
  return undefined;
}
