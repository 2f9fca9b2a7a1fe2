import { embed, embeddingModelAmong, refusesEmbeddings } from "../../models/embeddings.ts";
import { listModels } from "../../models/list.ts";
import type { Policy } from "../../prompts/policy.ts";
import type { Demonstration } from "../../prompts/prompt.ts";
import type { OpenedModel } from "../open-model.ts";

/**
 * The vectors of demonstrations' questions, where the student's endpoint has embeddings.
 * @returns undefined where it has none: they are found by their words then
 * @throws CotError where it has, and cannot be reached
 */
export async function embedDemonstrations(
  pool: readonly Demonstration[],
  { spec, settings, model }: OpenedModel,
  note: (text: string) => void,
  signal: AbortSignal,
): Promise<Policy["embeddings"]> {
  if (model.embedder === undefined) return undefined;
  try {
    const name = embeddingModelAmong(await listModels(spec, settings, signal));
    if (name === undefined) return undefined;
    const embedder = model.embedder(name);
    // one before the others: an endpoint that has none is not asked a thousand times
    const first = await embed(embedder, pool[0]!.question, signal);
    const others = await Promise.all(pool.slice(1).map(({ question }) => embed(embedder, question, signal)));
    return { model: name, vectors: [first, ...others] };
  } catch (error) {
    if (!refusesEmbeddings(error)) throw error;
    note(`no embeddings: ${error.message}`);
    return undefined;
  }
}
