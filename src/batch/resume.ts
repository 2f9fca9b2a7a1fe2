import { cache, NotStored } from "../models/middleware/cache.ts";
import type { Model } from "../models/model.ts";
import type { CompletionStore } from "../models/store.ts";
import type { Question } from "../questions/question.ts";
import type { Result } from "../reasoning/result.ts";
import type { AskOne } from "./run.ts";

/** Asks with a model, whichever it is given. */
export type AskWith = (question: Question, model: Model, signal?: AbortSignal) => Promise<Result>;

export interface ResumeOptions {
  /** Ask questions again that failed for good. */
  retryFailed?: boolean;
  /** False where the store is empty, so that nothing has to be looked up. Default true. */
  mayHold?: boolean;
}

/** Asks through a journal. A question that it can answer alone is not asked. */
export interface Resumed {
  askOne: AskOne;
  /** True for a result that was not asked for just now. */
  isReplay(result: Result): boolean;
  /** What the journal alone answers; undefined where it cannot. */
  replay(question: Question): Promise<Result | undefined>;
}

export function resumeFrom(
  store: CompletionStore,
  model: Model,
  askWith: AskWith,
  options: ResumeOptions = {},
): Resumed {
  const { retryFailed = false, mayHold = true } = options;
  const stored = cache(store, { readOnly: true })(model);
  const asking = cache(store, { keepFailures: true })(model);
  const askingAgain = cache(store, { keepFailures: true, writeOnly: true })(model);
  const replays = new WeakSet<Result>();

  const replay = async (question: Question): Promise<Result | undefined> => {
    try {
      const result = await askWith(question, stored);
      replays.add(result);
      return result;
    } catch (error) {
      if (error instanceof NotStored) return undefined;
      throw error;
    }
  };
  return {
    async askOne(question, signal) {
      const known = mayHold ? await replay(question) : undefined;
      if (known === undefined) return askWith(question, asking, signal);
      return known.error && retryFailed ? askWith(question, askingAgain, signal) : known;
    },
    isReplay: (result) => replays.has(result),
    replay,
  };
}

/** Answers from a store alone; `model` asks nothing, and throws why a question has no answer. */
export function answerFrom(store: CompletionStore, model: Model, askWith: AskWith): Resumed {
  const stored = cache(store)(model);
  const askOne = (question: Question): Promise<Result> => askWith(question, stored);
  return { askOne, isReplay: () => true, replay: askOne };
}
