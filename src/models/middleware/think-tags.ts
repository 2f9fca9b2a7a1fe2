import type { Completion, ModelEvent, ModelRequest } from "../model.ts";
import type { Middleware } from "../settings.ts";
import { splitThinking, thinkSplitter, type Piece, type ThinkSplitter } from "./think-splitter.ts";

/**
 * Takes reasoning out of the text of models that write it there between tags. While the text arrives, only what may
 * become a tag is held back; what counts is the split of the whole, at the end, because a closing tag that nothing
 * opened (chat templates hold the opening one) re-labels all that came before it.
 */
export const thinkTags: Middleware = (model) => {
  async function* generate(request: ModelRequest, signal?: AbortSignal): AsyncGenerator<ModelEvent> {
    const splitters = new Map<number, ThinkSplitter>();
    for await (const event of model.generate(request, signal)) {
      if (event.type === "reasoning-delta") {
        yield event;
      } else if (event.type === "text-delta") {
        let splitter = splitters.get(event.sample);
        if (splitter === undefined) splitters.set(event.sample, (splitter = thinkSplitter()));
        yield* deltas(event.sample, splitter.push(event.text));
      } else {
        for (const [sample, splitter] of splitters) yield* deltas(sample, splitter.end());
        yield { type: "finish", completions: event.completions.map(split) };
      }
    }
  }
  return { id: model.id, endpoint: model.endpoint, generate };
};

function* deltas(sample: number, pieces: Piece[]): Generator<ModelEvent> {
  for (const piece of pieces) {
    // what was shown as text stays shown: the end sets it right
    if (piece.kind === "relabel") continue;
    yield { type: piece.kind === "reasoning" ? "reasoning-delta" : "text-delta", sample, text: piece.text };
  }
}

function split(completion: Completion): Completion {
  const parts = splitThinking(completion.text);
  if (parts.reasoning === undefined) return completion;
  const { reasoning } = completion;
  // reasoning that came apart is already there: tags in the text then add to it
  if (reasoning !== undefined) {
    return { ...completion, text: parts.text, reasoning: `${reasoning}\n\n${parts.reasoning}` };
  }
  return { ...completion, text: parts.text, reasoning: parts.reasoning, reasoningFrom: "tag" };
}
