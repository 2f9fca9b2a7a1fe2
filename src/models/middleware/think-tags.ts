import type { Completion, ModelEvent, ModelRequest } from "../model.ts";
import type { Middleware } from "../settings.ts";
import { splitThinking, thinkSplitter, type Piece } from "./think-splitter.ts";

/**
 * Takes reasoning out of the text of models that write it there between tags. While the text arrives, only what may
 * become a tag is held back; what counts is the split of the whole, at the end, because a closing tag that nothing
 * opened (chat templates hold the opening one) re-labels all that came before it.
 */
export const thinkTags: Middleware = (model) => {
  async function* generate(request: ModelRequest, signal?: AbortSignal): AsyncGenerator<ModelEvent> {
    const readers = new Map<number, Reader>();
    for await (const event of model.generate(request, signal)) {
      if (event.type === "reasoning-delta") {
        yield event;
      } else if (event.type === "text-delta") {
        let reader = readers.get(event.sample);
        if (reader === undefined) readers.set(event.sample, (reader = createReader(event.sample)));
        yield* reader.push(event.text);
      } else {
        for (const reader of readers.values()) yield* reader.end();
        yield { type: "finish", completions: event.completions.map(split) };
      }
    }
  }
  return { id: model.id, endpoint: model.endpoint, generate };
};

/** Takes one sample's text apart. */
interface Reader {
  push(text: string): Generator<ModelEvent>;
  end(): Generator<ModelEvent>;
}

function createReader(sample: number): Reader {
  const splitter = thinkSplitter();
  /** At the end of what was shown; before anything is, as good as a blank line. */
  let newlines = 2;
  let relabelled = false;

  function* deltas(pieces: Piece[]): Generator<ModelEvent> {
    for (const piece of pieces) {
      // what was shown as text stays shown, and stands apart from what follows: the end sets it right
      relabelled ||= piece.kind === "relabel";
      if (piece.kind === "relabel") continue;
      const text = relabelled ? "\n".repeat(Math.max(0, 2 - newlines)) + piece.text : piece.text;
      relabelled = false;
      const trailing = /\n*$/.exec(text)![0].length;
      newlines = trailing === text.length ? newlines + trailing : trailing;
      yield { type: piece.kind === "reasoning" ? "reasoning-delta" : "text-delta", sample, text };
    }
  }

  return { push: (text) => deltas(splitter.push(text)), end: () => deltas(splitter.end()) };
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
