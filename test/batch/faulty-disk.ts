import { CotError } from "../../src/errors.ts";
import type { Files, OpenFile } from "../../src/files.ts";

/** What happens at the write that is to fail. */
export type Fault =
  /** nothing is written, and an error says so */
  | "full"
  /** half is written, then an error */
  | "half"
  /** it is written, and is the last thing that the process does; what was not synced is gone */
  | "crash"
  /** half of what was not synced has reached the disk when the process dies */
  | "torn crash";

/** The process is gone: nothing that it still wants to do happens. */
export class Crash extends Error {}

interface Content {
  data: Buffer;
  /** Bytes that survive a crash. */
  synced: number;
}

/** Files in memory that know what is on disk, and fail at the k-th write. */
export interface FaultyDisk {
  files: Files;
  /** Writes so far: appends, syncs, truncations, renames, removals. */
  readonly writes: number;
  read(path: string): string;
  /** The disk as the next process finds it, which fails no more, or at its own k-th write. */
  afterwards(failAt?: number): FaultyDisk;
}

export function faultyDisk(
  failAt = Infinity,
  fault: Fault = "full",
  contents = new Map<string, Content>(),
): FaultyDisk {
  let writes = 0;
  let dead = false;

  /** One write: `act` does it, by whole or by half. */
  function write(act: (share: number) => void): void {
    if (dead) throw new Crash();
    writes += 1;
    if (writes !== failAt) return act(1);
    if (fault === "full") throw new CotError("output", "no space left on the device");
    if (fault === "half") {
      act(0.5);
      throw new CotError("output", "no space left on the device");
    }
    act(1);
    dead = true;
    for (const content of contents.values()) {
      const lost = content.data.length - content.synced;
      const kept = content.synced + (fault === "torn crash" ? Math.floor(lost / 2) : 0);
      content.data = content.data.subarray(0, kept);
      content.synced = kept;
    }
    throw new Crash();
  }

  function contentOf(path: string): Content {
    let content = contents.get(path);
    if (!content) contents.set(path, (content = { data: Buffer.alloc(0), synced: 0 }));
    return content;
  }

  // each answer comes later, as from a disk
  const later = async <T>(act: () => T): Promise<T> => {
    await Promise.resolve();
    return act();
  };

  const files: Files = {
    open: (path, mode) =>
      later(() => {
        const content = contentOf(path);
        if (mode === "truncate") write(() => Object.assign(content, { data: Buffer.alloc(0), synced: 0 }));
        return openFile(content);
      }),
    async *read(path, offset = 0) {
      await Promise.resolve();
      const { data } = contentOf(path);
      if (data.length > offset) yield data.subarray(offset);
    },
    size: (path) => later(() => contents.get(path)?.data.length),
    rename: (from, to) =>
      later(() =>
        write((share) => {
          // a rename happens or does not
          if (share < 1) return;
          contents.set(to, contentOf(from));
          contents.delete(from);
        }),
      ),
    remove: (path) => later(() => (contents.has(path) ? write(() => void contents.delete(path)) : undefined)),
  };

  function openFile(content: Content): OpenFile {
    return {
      append: (data) =>
        later(() =>
          write((share) => {
            const bytes = Buffer.from(data as string);
            content.data = Buffer.concat([content.data, bytes.subarray(0, Math.floor(bytes.length * share))]);
          }),
        ),
      sync: () => later(() => write(() => void (content.synced = content.data.length))),
      read: (offset, length) => later(() => Buffer.from(content.data.subarray(offset, offset + length))),
      truncate: (size) =>
        later(() =>
          write((share) => {
            if (share < 1) return;
            content.data = content.data.subarray(0, size);
            content.synced = Math.min(content.synced, size);
          }),
        ),
      close: () => Promise.resolve(),
    };
  }

  return {
    files,
    get writes() {
      return writes;
    },
    read: (path) => contents.get(path)?.data.toString() ?? "",
    afterwards: (again = Infinity) => faultyDisk(again, fault, contents),
  };
}
