import type { OpenFile } from "../files.ts";

/** Lines appended to a file, their fsyncs grouped: a thousand replies a second must not mean a thousand fsyncs. */
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
  let lastSync = -Infinity;
  // the group that lines join now, and the one that is being written
  let joining: Promise<void> | undefined;
  let writing: Promise<void> = Promise.resolve();

  const writeGroup = async (previous: Promise<void>): Promise<void> => {
    await previous;
    const wait = lastSync + groupMs - now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    lastSync = now();
    const group = pending.join("");
    pending = [];
    joining = undefined;
    await file.append(group);
    await file.sync();
  };

  return {
    get size() {
      return end;
    },
    append(text) {
      end += Buffer.byteLength(text);
      pending.push(text);
      if (joining === undefined) {
        joining = writing = writeGroup(writing);
        // whoever appended hears of it; nobody else has to
        writing.catch(() => undefined);
      }
      return joining;
    },
    flush: () => writing,
  };
}
