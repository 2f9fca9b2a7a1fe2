import { createReadStream, writeSync } from "node:fs";
import { open, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";

import { CotError } from "./errors.ts";
import { pathProblem } from "./path-problem.ts";

/** The files that a run writes: a seam, so that tests can fail any write, or end the world after it. */
export interface Files {
  /**
   * To `read` only, to `append` to what is there, or to write from nothing (`truncate`).
   * @throws CotError (usage) where the path cannot be opened so
   */
  open(path: string, mode: "read" | "append" | "truncate"): Promise<OpenFile>;
  /** A file's bytes from an offset on. */
  read(path: string, offset?: number): AsyncIterable<Uint8Array>;
  /** In bytes; undefined where there is no such file. @throws CotError (usage) for a directory */
  size(path: string): Promise<number | undefined>;
  /** Puts one file in another's place, durably. */
  rename(from: string, to: string): Promise<void>;
  /** Does nothing where it is not there. */
  remove(path: string): Promise<void>;
}

export interface OpenFile {
  /** All of it or an error. @throws CotError (output) */
  append(data: string | Uint8Array): Promise<void>;
  /** Resolves once what was appended is on disk. @throws CotError (output) */
  sync(): Promise<void>;
  /** Fewer bytes at the end of the file. */
  read(offset: number, length: number): Promise<Buffer>;
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
}

const flags = { read: "r", append: "a+", truncate: "w+" } as const;

/** The real ones. */
export const diskFiles: Files = {
  async open(path, mode) {
    let handle: FileHandle;
    try {
      handle = await open(path, flags[mode]);
    } catch (error) {
      throw cannotOpen(path, mode, error);
    }
    if (mode !== "read") await syncDirectory(path);
    return openFile(path, handle);
  },
  read: (path, start = 0) => createReadStream(path, { start, highWaterMark: 1 << 17 }),
  async size(path) {
    const found = await stat(path).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw cannotOpen(path, "read", error);
    });
    if (found?.isDirectory()) throw new CotError("usage", `${path} is a directory, not a file`);
    return found?.size;
  },
  async rename(from, to) {
    await rename(from, to).catch((error: unknown) => {
      throw cannotOpen(to, "truncate", error);
    });
    await syncDirectory(to);
  },
  remove: (path) => rm(path, { force: true }),
};

function openFile(path: string, handle: FileHandle): OpenFile {
  const failed = (error: unknown): never => {
    throw new CotError("output", `cannot write ${path}: ${pathProblem(error, "write")}`, { cause: error });
  };
  return {
    async append(data) {
      let bytes: Uint8Array = typeof data === "string" ? Buffer.from(data) : data;
      try {
        // a nearly full disk takes a part, and says so only at the next write; in this thread, as Node itself writes
        // stdout to a file: the way over another costs more than the write, and a process killed meanwhile loses it
        while (bytes.length > 0) bytes = bytes.subarray(writeSync(handle.fd, bytes));
      } catch (error) {
        failed(error);
      }
    },
    sync: () => handle.datasync().catch(failed),
    async read(offset, length) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    },
    truncate: (size) => handle.truncate(size).catch(failed),
    close: () => handle.close().catch(failed),
  };
}

/** A new name is on disk only once its directory is; some systems cannot do that, and need not. */
async function syncDirectory(path: string): Promise<void> {
  try {
    const handle = await open(dirname(path));
    await handle.sync().finally(() => handle.close());
  } catch {
    // not every file system syncs directories
  }
}

function cannotOpen(path: string, mode: keyof typeof flags, error: unknown): Error {
  const doing = mode === "read" ? "read" : "write";
  const message = `cannot ${doing} ${path}: ${pathProblem(error, doing)}`;
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT") return new CotError("output", message, { cause: error });
  return new CotError("usage", message, { cause: error });
}
