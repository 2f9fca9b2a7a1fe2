const irregular: Readonly<Record<string, string>> = {
  has: "have",
  is: "are",
  was: "were",
  does: "do",
  goes: "go",
};
const kept = new Set(["always", "also", "sometimes", "plus", "years", "cars", "across", "towards", "less"]);

/** Verbs that go on about the same subject: `has 12 apples and packs them`. */
const goingOn =
  /(,| and|, and|, then| then) (packs|puts|sorts|gives|gets|sells|saves|spends|loses|keeps|pays|shares|splits|divides|buys|earns|wants|has|uses|eats|finds|cuts|takes|makes|needs|adds|hands|leaves|drops|breaks)\b/gi;

/**
 * `I has`, `does the children have` become `I have`, `do the children have`: stories are written for one person and
 * read for several. @param subjects the words that take the plural
 */
export function agree(text: string, subjects: readonly string[]): string {
  let agreed = text.replace(/s's\b/g, "s'");
  for (const subject of new Set(subjects)) {
    const own = subject === "I" ? "my" : subject === "we" ? "our" : subject === "you" ? "your" : undefined;
    if (own !== undefined) agreed = agreed.replace(new RegExp(`\\b${subject}'s\\b`, "gi"), own);
    agreed = agreed
      .replace(
        new RegExp(`\\b(has|is|was|does) (${subject})\\b`, "gi"),
        (_, verb: string, who: string) => `${plural(verb, subject)} ${who}`,
      )
      .replace(
        new RegExp(`\\b(${subject}) ([a-z]+s)\\b`, "gi"),
        (_, who: string, verb: string) => `${who} ${plural(verb, subject)}`,
      );
  }
  return agreed.replace(goingOn, (_, link: string, verb: string) => `${link} ${plural(verb, "")}`);
}

function plural(verb: string, subject: string): string {
  const lower = verb.toLowerCase();
  if (subject === "I" && (lower === "is" || lower === "was")) return lower === "is" ? "am" : "was";
  if (irregular[lower] !== undefined) return matchCase(irregular[lower], verb);
  if (kept.has(lower) || lower.endsWith("ss")) return verb;
  if (/(sh|ch|x|ss)es$/.test(lower)) return verb.slice(0, -2);
  return lower.endsWith("ies") ? `${verb.slice(0, -3)}y` : verb.slice(0, -1);
}

function matchCase(text: string, like: string): string {
  return like[0] === like[0]!.toUpperCase() ? text[0]!.toUpperCase() + text.slice(1) : text;
}
