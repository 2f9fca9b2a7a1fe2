import type { ErrorCode } from "../errors.ts";
import type { Completion } from "./model.ts";

/**
 * The completion store: one append-only file of JSON lines for the whole product, a line per completion. A run's
 * journal is one, `--cache` is one that runs share.
 */
export interface CompletionStore {
  /** What is stored under a key; undefined where nothing is. */
  get(key: string): Promise<StoredCompletion | undefined>;
  /** Appends; resolves once it is on disk (fsync), and only then does it count. A later entry replaces an earlier one. */
  put(entries: [key: string, stored: StoredCompletion][]): Promise<void>;
  /** Writes what is pending and lets go of the file. */
  close(): Promise<void>;
}

export type StoredCompletion =
  | { completion: Completion; failure?: undefined }
  /** A refusal that would come again: kept by journals, so that only `--retry-failed` asks again. */
  | { completion?: undefined; failure: StoredFailure };

export interface StoredFailure {
  code: ErrorCode;
  message: string;
  hint?: string;
  status?: number;
}
