import MiniSearch from "minisearch";

import { policyPrompt, type Policy } from "./policy.ts";
import type { Demonstration, Prompt } from "./prompt.ts";

/** The prompt of a policy that shows each question the demonstrations most like it, the likest last. */
export function retrievingPrompt(policy: Policy, path: string): Prompt {
  return {
    ...policyPrompt(policy, path),
    demonstrations: retriever(policy.demonstrations, policy.retrieve ?? 1),
  };
}

/**
 * Finds demonstrations by the words of their questions (BM25+). A question never retrieves itself, which would show it
 * its answer; where no word is shared, the first ones are shown.
 */
function retriever(pool: readonly Demonstration[], count: number): (question: string) => Demonstration[] {
  const index = new MiniSearch({ fields: ["question"], tokenize: terms });
  index.addAll(pool.map(({ question }, id) => ({ id, question })));
  return (question) => {
    const itself = folded(question);
    const found = index
      .search(question, { tokenize: terms })
      .sort((a, b) => b.score - a.score || Number(a.id) - Number(b.id))
      .map(({ id }) => pool[Number(id)]!);
    const candidates = new Set([...found, ...pool.slice(0, count + 1)]);
    return [...candidates]
      .filter((one) => folded(one.question) !== itself)
      .slice(0, count)
      .reverse();
  };
}

/** Words and signs; all numbers are one term, for what is asked about them matters more than which they are. */
function terms(text: string): string[] {
  const found = text.toLowerCase().match(/\p{L}+|\p{N}+|[^\s\p{L}\p{N}]/gu) ?? [];
  return found.map((term) => (/^\p{N}/u.test(term) ? "0" : term));
}

function folded(text: string): string {
  return text.toLowerCase().replace(/\s+/g, " ").trim();
}
