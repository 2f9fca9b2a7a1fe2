import { mkdtemp, open, rm, type FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CotError } from "../errors.ts";

/** Puts values back in order. Those that wait for an earlier one wait on disk, beyond the first few. */
export interface Order<T> {
  /** How many wait. */
  readonly held: number;
  /** Takes the value at a position (from 0); undefined for a position that has none. */
  put(position: number, value: T | undefined): Promise<void>;
  /** Gives out what still waits, in order, over the gaps that are left. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Values held in memory: what becomes ready at once, at any usual concurrency, does not take the way over the disk. */
const inMemory = 1_024;

type Held<T> = { value: T | undefined } | { place: Promise<Place> };

/** @param emit takes the values one at a time, in order */
export function createOrder<T>(emit: (value: T) => void | Promise<void>): Order<T> {
  const held = new Map<number, Held<T>>();
  const spill = createSpill();
  let next = 0;
  let draining: Promise<void> | undefined;

  const give = async (entry: Held<T>): Promise<void> => {
    const value = "place" in entry ? ((await spill.read(await entry.place)) as T) : entry.value;
    if (value !== undefined) await emit(value);
  };
  const drain = async (): Promise<void> => {
    for (let entry = held.get(next); entry !== undefined; entry = held.get(next)) {
      held.delete(next);
      next += 1;
      await give(entry);
    }
  };

  const drained = async (): Promise<void> => {
    while (draining !== undefined || held.has(next))
      await (draining ??= drain().finally(() => (draining = undefined)));
  };

  return {
    get held() {
      return held.size;
    },
    async put(position, value) {
      const spilled = value !== undefined && position !== next && held.size >= inMemory;
      const entry: Held<T> = spilled ? { place: spill.write(value) } : { value };
      // at once: a flush must find also what is on its way to the disk
      held.set(position, entry);
      if ("place" in entry) await entry.place;
      await drained();
    },
    async flush() {
      await drained();
      for (const position of [...held.keys()].sort((a, b) => a - b)) {
        const entry = held.get(position)!;
        held.delete(position);
        await give(entry);
      }
    },
    close: () => spill.close(),
  };
}

interface Place {
  offset: number;
  length: number;
}

interface Spill {
  write(value: unknown): Promise<Place>;
  read(place: Place): Promise<unknown>;
  close(): Promise<void>;
}

/** A temporary file of JSON values, made when it is first needed. */
function createSpill(): Spill {
  let opening: Promise<{ handle: FileHandle; directory: string }> | undefined;
  let end = 0;
  let unread = 0;
  const openFile = async (): Promise<{ handle: FileHandle; directory: string }> => {
    const directory = await mkdtemp(join(tmpdir(), "cot-"));
    return { handle: await open(join(directory, "held"), "w+"), directory };
  };
  return {
    async write(value) {
      const bytes = Buffer.from(JSON.stringify(value));
      const offset = end;
      end += bytes.length;
      unread += 1;
      try {
        const { handle } = await (opening ??= openFile());
        await handle.write(bytes, 0, bytes.length, offset);
      } catch (error) {
        const { code = String(error) } = error as NodeJS.ErrnoException;
        throw new CotError("output", `cannot keep results in ${tmpdir()}: ${code}`, {
          cause: error,
          hint: "TMPDIR names another directory; --unordered keeps none.",
        });
      }
      return { offset, length: bytes.length };
    },
    async read({ offset, length }) {
      const { handle } = await opening!;
      const { buffer } = await handle.read(Buffer.allocUnsafe(length), 0, length, offset);
      unread -= 1;
      // the file never grows beyond what waited at once
      if (unread === 0) end = 0;
      return JSON.parse(buffer.toString()) as unknown;
    },
    async close() {
      if (opening === undefined) return;
      const { handle, directory } = await opening;
      await handle.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
