import MiniSearch from "minisearch";

import { embed, refusesEmbeddings, unpacked } from "../models/embeddings.ts";
import { policyPrompt, type Policy } from "./policy.ts";
import type { Demonstration, Prompt } from "./prompt.ts";

/**
 * The prompt of a policy that shows each question the demonstrations most like it, the likest last: by embeddings where
 * the policy has them and the endpoint knows their model, else by words.
 * @param note told, once, that the endpoint does not
 */
export function retrievingPrompt(policy: Policy, path: string, note: (text: string) => void): Prompt {
  const { demonstrations: pool, retrieve = 1 } = policy;
  const byWords = retriever(pool, retrieve);
  return {
    ...policyPrompt(policy, path),
    demonstrations: byWords,
    ...(policy.embeddings && { find: byEmbeddings(policy, policy.embeddings, byWords, note) }),
  };
}

function byEmbeddings(
  { demonstrations: pool, retrieve = 1 }: Policy,
  { model: name, vectors: texts }: NonNullable<Policy["embeddings"]>,
  byWords: (question: string) => Demonstration[],
  note: (text: string) => void,
): NonNullable<Prompt["find"]> {
  const vectors = texts.map(unpacked);
  let inVain = false;
  return async (question, model, signal) => {
    const embedder = inVain ? undefined : model.embedder?.(name);
    if (embedder === undefined) return byWords(question);
    let own: Int8Array;
    try {
      own = unpacked(await embed(embedder, question, signal));
    } catch (error) {
      if (!refusesEmbeddings(error)) throw error;
      if (!inVain) note(`demonstrations are found by their words, not by ${name}: ${error.message}`);
      inVain = true;
      return byWords(question);
    }
    const likeness = new Map(pool.map((one, i) => [one, cosine(own, vectors[i]!)]));
    return likest(
      [...pool].sort((a, b) => likeness.get(b)! - likeness.get(a)!),
      question,
      retrieve,
    );
  };
}

/** 0 for vectors of different lengths, which are of different models. */
function cosine(a: Int8Array, b: Int8Array): number {
  if (a.length !== b.length) return 0;
  let [product, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    product += a[i]! * b[i]!;
    ofA += a[i]! ** 2;
    ofB += b[i]! ** 2;
  }
  return product / Math.sqrt(ofA * ofB || 1);
}

/** The first ones, the best last. A question never retrieves itself, which would show it its answer. */
function likest(ranked: readonly Demonstration[], question: string, count: number): Demonstration[] {
  const itself = folded(question);
  return ranked
    .filter((one) => folded(one.question) !== itself)
    .slice(0, count)
    .reverse();
}

/**
 * Finds demonstrations by the words of their questions (BM25+); where no word is shared, the first ones are shown.
 */
function retriever(pool: readonly Demonstration[], count: number): (question: string) => Demonstration[] {
  const index = new MiniSearch({ fields: ["question"], tokenize: terms });
  index.addAll(pool.map(({ question }, id) => ({ id, question })));
  return (question) => {
    const found = index
      .search(question, { tokenize: terms })
      .sort((a, b) => b.score - a.score || Number(a.id) - Number(b.id))
      .map(({ id }) => pool[Number(id)]!);
    return likest([...new Set([...found, ...pool.slice(0, count + 1)])], question, count);
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
