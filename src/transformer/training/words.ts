import { seededRandom } from "../../random.ts";
import { openTokenizer } from "../tokenizer.ts";
import { characters, tokenizerFile, wordPattern } from "../vocabulary.ts";
import { generateProblem } from "./problems/index.ts";

/**
 * The words that the problems use most, those inside a sentence with their space in front. `vocabulary.ts` holds the
 * outcome, because weights and vocabulary belong together.
 */
export function frequentWords(count: number, problems: number, seed: number): string[] {
  const random = seededRandom(seed);
  const { normalize } = openTokenizer(JSON.stringify(tokenizerFile([])), "the vocabulary");
  const counts = new Map<string, number>();
  for (let i = 0; i < problems; i++) {
    const { question, reasoning } = generateProblem(random);
    for (const text of [normalize(question), reasoning])
      for (const [word] of text.matchAll(new RegExp(wordPattern, "gu")))
        if (!characters.includes(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .sort(([first, a], [second, b]) => b - a || (first < second ? -1 : 1))
    .slice(0, count)
    .map(([word]) => word);
}
