import type { OpenFile } from "../files.ts";

/**
 * Lines appended to a file, written at once, so that a killed process loses none that it was given; their fsyncs are
 * grouped: a thousand replies a second must not mean a thousand of them.
 */
export interface AppendLog {
  /** Bytes in the file once everything appended so far is written. */
  readonly size: number;
  /** Appends a text; resolves once it is on disk. After a failed write every further one fails alike. */
  append(text: string): Promise<void>;
  /** Resolves once everything appended so far is on disk. */
  flush(): Promise<void>;
}

/** At most one fsync in so many milliseconds; the first of a lull is at once. */
const groupMs = 25;

/** @param size of the file now */
export function openLog(
  file: OpenFile,
  size: number,
  now: () => number = performance.now.bind(performance),
): AppendLog {
  let end = size;
  let pending: string[] = [];
  let written: Promise<void> = Promise.resolve();
  let lastSync = -Infinity;
  // the group that lines join now, and the one that is being synced
  let joining: Promise<void> | undefined;
  let syncing: Promise<void> = Promise.resolve();

  const writePending = async (previous: Promise<void>): Promise<void> => {
    await previous;
    const lines = pending.join("");
    pending = [];
    await file.append(lines);
  };

  const syncGroup = async (previous: Promise<void>): Promise<void> => {
    await previous;
    const wait = lastSync + groupMs - now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    lastSync = now();
    joining = undefined;
    await written;
    await file.sync();
  };

  return {
    get size() {
      return end;
    },
    append(text) {
      end += Buffer.byteLength(text);
      pending.push(text);
      // what waits for an earlier write goes with the next one
      if (pending.length === 1) {
        written = writePending(written);
        // whoever appended hears of it; nobody else has to
        written.catch(() => undefined);
      }
      if (joining === undefined) {
        joining = syncing = syncGroup(syncing);
        syncing.catch(() => undefined);
      }
      return joining;
    },
    flush: () => syncing,
  };
}
