import { words } from "../shingles.ts";

const scripts = {
  Latin: /\p{Script=Latin}/gu,
  Han: /\p{Script=Han}/gu,
  Kana: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  Hangul: /\p{Script=Hangul}/gu,
  Cyrillic: /\p{Script=Cyrillic}/gu,
  Arabic: /\p{Script=Arabic}/gu,
  Devanagari: /\p{Script=Devanagari}/gu,
  Hebrew: /\p{Script=Hebrew}/gu,
  Thai: /\p{Script=Thai}/gu,
} as const;

/**
 * Whether a text wanders into a script that its question is not written in, as R1-Zero's did: over one letter in
 * fifty, and at least five. Greek is not counted: it is notation.
 */
export function mixesLanguages(text: string, question: string): boolean {
  const counts = Object.entries(scripts).map(
    ([name, pattern]) => [name, (text.match(pattern) ?? []).length] as const,
  );
  const letters = counts.reduce((total, [, count]) => total + count, 0);
  const asked = new Set(
    Object.entries(scripts)
      .filter(([, pattern]) => question.search(pattern) >= 0)
      .map(([name]) => name),
  );
  if (asked.has("Kana")) asked.add("Han");
  const foreign = counts.filter(([name]) => !asked.has(name)).reduce((total, [, count]) => total + count, 0);
  // Latin beside another script is names, formulas and units more often than English
  const latin = asked.has("Latin") ? 0 : counts[0]![1];
  return foreign - latin >= 5 && (foreign - latin) / letters > 0.02;
}

/** Whether a text goes round in circles: one long line four times, or ten words in a row six times. */
export function repeatsItself(text: string): boolean {
  const lines = new Map<string, number>();
  for (const line of text.split("\n")) {
    const trimmed = line.trim();
    if (trimmed.length < 20) continue;
    const count = (lines.get(trimmed) ?? 0) + 1;
    if (count >= 4) return true;
    lines.set(trimmed, count);
  }
  const all = words(text);
  const runs = new Map<string, number>();
  for (let at = 0; at + 10 <= all.length; at++) {
    const run = all.slice(at, at + 10);
    if (new Set(run).size < 2) continue;
    const key = run.join(" ");
    const count = (runs.get(key) ?? 0) + 1;
    if (count >= 6) return true;
    runs.set(key, count);
  }
  return false;
}
