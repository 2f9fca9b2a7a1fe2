import { CotError } from "../errors.ts";
import { isFinal, requestHash, sampleKey, toFailure } from "../models/middleware/cache.ts";
import type { Model } from "../models/model.ts";
import type { RequestFiles } from "../models/request-files.ts";
import type { CompletionStore } from "../models/store.ts";
import type { ExpectedResponse } from "./plan.ts";

/** Takes responses that came in files into a store. */
export interface ResponseIntake {
  /** One line of responses. */
  take(line: Record<string, unknown>, expected: ExpectedResponse): Promise<void>;
  /** Resolves once all that was taken is on disk. */
  settled(): Promise<void>;
  /** Asks nothing, and says why a question is not answered by what is in the store. */
  readonly model: Model;
}

/** @param unsent why a request that has no response was not sent; undefined where it was */
export function responseIntake(
  files: RequestFiles,
  store: CompletionStore,
  unsent: () => CotError | undefined = () => undefined,
): ResponseIntake {
  /** Failures that may go away, which the store does not keep. */
  const failures = new Map<string, CotError>();
  const writing = new Set<Promise<void>>();
  const put = (...entries: Parameters<CompletionStore["put"]>): void => {
    const written = store.put(...entries);
    writing.add(written);
    written.then(
      () => writing.delete(written),
      () => undefined,
    );
  };
  return {
    async take(line, { hash, request }) {
      try {
        const completions = await files.completions(line, request);
        put(completions.map((completion) => ({ key: sampleKey(hash, completion.sample), completion })));
        failures.delete(hash);
      } catch (error) {
        if (!(error instanceof CotError)) throw error;
        if (isFinal(error)) {
          put([{ key: sampleKey(hash, request.firstSample), failure: toFailure(error) }]);
        } else failures.set(hash, error);
      }
    },
    settled: async () => void (await Promise.all(writing)),
    model: {
      id: files.id,
      endpoint: files.endpoint,
      // eslint-disable-next-line require-yield
      async *generate(request) {
        await Promise.resolve();
        const failure = failures.get(requestHash(files, request)) ?? unsent();
        throw failure ?? new CotError("network", "no response has come for it");
      },
    },
  };
}
