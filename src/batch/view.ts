import type { Files, OpenFile } from "../files.ts";

/**
 * The output of a run: a view of its journal. What a resumed run writes is compared with what the file has already;
 * as long as both are the same nothing is written, then new lines are appended. Where a line has changed, the file
 * is written anew beside it and put in its place at the end.
 */
export interface View {
  /**
   * Takes the next piece of the output: whole lines. Resolves when there is room for more, which is mostly at once;
   * where a piece could not be written, the next call or `finish` says so.
   */
  write(text: string): Promise<void>;
  /** True while the file has lines that have not been compared, or is written anew: it is not yet a view. */
  readonly isBehind: boolean;
  /** Nothing has been written: start over, with the file as it was. */
  restart(): Promise<void>;
  /** The output is as it shall be: what the file has beyond it goes, and a new file takes its place. */
  finish(): Promise<void>;
  /** Lets go of the files, whatever state they are in. */
  close(): Promise<void>;
}

/** Lines are written at once after a lull, and otherwise together with those of so many milliseconds. */
const gatherMs = 25;
/** Characters that may wait to be written. */
const mostWaiting = 1 << 20;

/** @throws CotError (usage) where the path cannot be opened, (output) where it cannot be written any more */
export async function openView(path: string, files: Files): Promise<View> {
  const draftPath = `${path}.new`;
  await files.remove(draftPath);
  const old = await files.open(path, "append");
  const oldSize = (await files.size(path)) ?? 0;
  let file = old;
  let draft: OpenFile | undefined;
  /** Bytes of the old file that are as they shall be. */
  let same = 0;
  let comparing = oldSize > 0;
  let pending: string[] = [];
  let writing: Promise<void> | undefined;
  let lastWrite = -Infinity;
  let waiting = 0;
  let failure: { error: unknown } | undefined;

  /** Goes on from the bytes that are the same: in place where only a torn line follows, else in a new file. */
  const diverge = async (): Promise<void> => {
    comparing = false;
    if (!(await hasLine(old, same, oldSize))) {
      await old.truncate(same);
      return;
    }
    draft = file = await files.open(draftPath, "truncate");
    for (let offset = 0; offset < same;) {
      const bytes = await old.read(offset, Math.min(1 << 16, same - offset));
      await draft.append(bytes);
      offset += bytes.length;
    }
  };
  /** Brings one piece to where it belongs; several lines at once keep those that are the same. */
  const place = async (piece: Buffer): Promise<void> => {
    let rest = piece;
    if (comparing) {
      const there = await old.read(same, rest.length);
      const shared = there.equals(rest) ? rest.length : sharedLines(there, rest);
      same += shared;
      if (shared === rest.length) return;
      rest = rest.subarray(shared);
      await diverge();
    }
    await file.append(rest);
  };
  const flush = async (): Promise<void> => {
    try {
      const wait = lastWrite + gatherMs - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      lastWrite = performance.now();
      while (pending.length > 0) {
        const text = pending.join("");
        pending = [];
        waiting = 0;
        await place(Buffer.from(text));
      }
    } catch (error) {
      failure = { error };
    } finally {
      // at once, not in a later turn: a piece that came between would be left lying
      writing = undefined;
    }
  };
  return {
    get isBehind() {
      return draft !== undefined || (comparing && same < oldSize);
    },
    async restart() {
      while (writing) await writing;
      if (failure) throw failure.error;
      if (draft) await file.close();
      file = old;
      draft = undefined;
      same = 0;
      comparing = oldSize > 0;
    },
    async write(text) {
      if (failure) throw failure.error;
      pending.push(text);
      waiting += text.length;
      writing ??= flush();
      if (waiting > mostWaiting) await writing;
    },
    async finish() {
      while (writing) await writing;
      if (failure) throw failure.error;
      if (comparing && same < oldSize) await diverge();
      if (!draft) return;
      await draft.sync();
      await files.rename(draftPath, path);
      draft = undefined;
    },
    async close() {
      while (writing) await writing;
      await old.close();
      if (file !== old) await file.close();
      if (draft) await files.remove(draftPath);
    },
  };
}

/** Whether a whole line stands between two offsets. */
async function hasLine(file: OpenFile, from: number, to: number): Promise<boolean> {
  for (let offset = from; offset < to;) {
    const bytes = await file.read(offset, Math.min(1 << 16, to - offset));
    if (bytes.length === 0) return false;
    if (bytes.includes(0x0a)) return true;
    offset += bytes.length;
  }
  return false;
}

/** The length of the whole lines that two buffers begin with alike. */
function sharedLines(a: Buffer, b: Buffer): number {
  let end = 0;
  for (let i = 0; i < Math.min(a.length, b.length) && a[i] === b[i]; i++) {
    if (a[i] === 0x0a) end = i + 1;
  }
  return end;
}
