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

/** A run of so many words is no accident when it comes again and again; notation and tables stay below. */
const run = { words: 10, times: 6 };
const line = { characters: 20, times: 4 };
/** The share of a text, in words, that may be said over and over. Loops fill nearly all of it. */
const circling = 0.5;

/**
 * Whether a text goes round in circles: half of its words stand in runs of ten that come six times, or in lines that
 * come four times. A trace that checks itself, or writes the same fraction on every line, does not.
 */
export function repeatsItself(text: string): boolean {
  const all = words(text);
  return Math.max(wordsInRuns(all), wordsInLines(text)) >= circling * Math.max(1, all.length);
}

function wordsInRuns(all: readonly string[]): number {
  const places = new Map<string, number[]>();
  for (let at = 0; at + run.words <= all.length; at++) {
    const span = all.slice(at, at + run.words);
    // a rule of dashes, or a number
    if (new Set(span).size < 2) continue;
    const key = span.join(" ");
    const found = places.get(key);
    if (found) found.push(at);
    else places.set(key, [at]);
  }
  const covered = new Uint8Array(all.length);
  for (const found of places.values()) {
    if (found.length >= run.times) for (const at of found) covered.fill(1, at, at + run.words);
  }
  return covered.reduce((sum, one) => sum + one, 0);
}

function wordsInLines(text: string): number {
  const counts = new Map<string, number>();
  for (const each of text.split("\n")) {
    const trimmed = each.trim();
    if (trimmed.length >= line.characters) counts.set(trimmed, (counts.get(trimmed) ?? 0) + 1);
  }
  const repeated = [...counts].filter(([, count]) => count >= line.times);
  return repeated.reduce((sum, [each, count]) => sum + count * words(each).length, 0);
}
