import type { ErrorCode } from "../errors.ts";
import { usageError } from "../errors.ts";
import { diskFiles, type Files, type OpenFile } from "../files.ts";
import { parseObject, splitLines } from "../jsonl.ts";
import { openLog } from "./append-log.ts";
import type { Completion } from "./model.ts";

/**
 * The completion store: one append-only file of JSON lines for the whole product, a line per completion. A run's
 * journal is one; `--cache` is many, shared by runs.
 */
export interface CompletionStore {
  /** What is stored under a key; undefined where nothing is. */
  get(key: string): Promise<StoredCompletion | undefined>;
  /** Appends; resolves once it is on disk (fsync), and only then does it count. A later entry replaces an earlier one. */
  put(entries: readonly StoredEntry[]): Promise<void>;
  /** Something else that a run has to remember, under a key of its own; put and kept as completions are. */
  getRecord(key: string): Promise<Record<string, unknown> | undefined>;
  putRecord(key: string, record: Record<string, unknown>): Promise<void>;
  /** Writes what is pending and lets go of the file. */
  close(): Promise<void>;
}

/** One line of the file. */
export type StoredEntry = { key: string } & StoredCompletion;

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

/** The first line of the file, which says what it is; whoever opens it may say more in it. */
export interface StoreHeader {
  cot: "completions";
  v: 1;
  [field: string]: unknown;
}

export interface StoreOptions {
  files?: Files;
  /** Other processes append too: nothing is cut off, and what they add may be missed. Default false. */
  shared?: boolean;
  /** Another process may be writing: nothing is written, a torn last line is passed over. Default false. */
  readOnly?: boolean;
  /** Written into the first line of a new file. */
  header?: Record<string, unknown>;
}

export interface OpenStore extends CompletionStore {
  /** As the file has it. */
  readonly header: StoreHeader;
  /** Keys stored so far. */
  readonly keys: number;
  /** Every entry that counts, one at a time. */
  entries(): AsyncIterable<StoredEntry>;
}

/**
 * Opens the store in a file, or makes it. Only an index of keys is held in memory. A last line that a crash tore is
 * dropped.
 * @throws CotError (usage) where the file is something else, or cannot be opened
 */
export async function openStore(path: string, options: StoreOptions = {}): Promise<OpenStore> {
  const { files = diskFiles, shared = false, readOnly = false } = options;
  const index: Index = new Map();
  const size = (await files.size(path)) ?? 0;
  let { end, header } = await scan(path, files, index, 0);
  if (size > 0 && end === 0 && !(await isTornHeader(path, files))) throw notAStore(path);
  const file = await files.open(path, readOnly ? "read" : "append");
  const log = openLog(file, end);
  try {
    const torn = size > end && !readOnly;
    if (torn && !shared) await file.truncate(end);
    if (header === undefined) {
      header = { cot: "completions", v: 1, ...options.header };
      if (!readOnly) await log.append(`${JSON.stringify(header)}\n`);
    } else if (torn && shared) {
      await log.append("\n");
    }
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
  /** What others, or we, have added to a shared file since. */
  const rescan = async (): Promise<void> => {
    if (((await files.size(path)) ?? 0) > end) ({ end } = await scan(path, files, index, end));
  };
  const find = async (key: string): Promise<Record<string, unknown> | undefined> => {
    if (shared && !index.has(key)) await rescan();
    const offset = index.get(key);
    if (offset === undefined) return undefined;
    await log.flush();
    return readEntry(file, offset, key);
  };
  const append = (entries: readonly { key: string }[]): Promise<void> => {
    let text = "";
    for (const entry of entries) {
      if (!shared) index.set(entry.key, log.size + Buffer.byteLength(text));
      text += `${JSON.stringify(entry)}\n`;
    }
    return log.append(text);
  };
  return {
    header,
    get keys() {
      return index.size;
    },
    get: (key) => find(key) as Promise<StoredCompletion | undefined>,
    getRecord: find,
    async *entries() {
      await log.flush();
      for (const [key, offset] of index) {
        const entry = await readEntry(file, offset, key);
        if (entry) yield entry as unknown as StoredEntry;
      }
    },
    put: append,
    putRecord: (key, record) => append([{ key, ...record }]),
    async close() {
      await log.flush().finally(() => file.close());
    },
  };
}

/** From a key to the offset of its last line. */
type Index = Map<string, number>;

/** Indexes a file from an offset on; `end` is after the last whole line. */
async function scan(
  path: string,
  files: Files,
  index: Index,
  from: number,
): Promise<{ header?: StoreHeader; end: number }> {
  let header: StoreHeader | undefined;
  let end = from;
  if ((await files.size(path)) === undefined) return { end };
  for await (const { bytes, offset, ended } of splitLines(files.read(path, from))) {
    if (!ended) break;
    end = from + offset + bytes.length + 1;
    if (from + offset === 0) header = parseHeader(bytes.toString(), path);
    else {
      const key = keyOf(bytes);
      if (key !== undefined) index.set(key, from + offset);
    }
  }
  return header ? { header, end } : { end };
}

function parseHeader(line: string, path: string): StoreHeader {
  const header = parseObject(line);
  if (header?.["cot"] !== "completions") throw notAStore(path);
  if (header["v"] !== 1) {
    throw usageError(
      `${path} is of version ${String(header["v"])}, and this cot knows only 1`,
      "Use a newer cot.",
    );
  }
  return header as StoreHeader;
}

/** Whether a first line without an end is the beginning of ours. */
async function isTornHeader(path: string, files: Files): Promise<boolean> {
  for await (const { bytes } of splitLines(files.read(path))) {
    const start = '{"cot":"completions"';
    const text = bytes.toString();
    return text.startsWith(start) || start.startsWith(text);
  }
  return true;
}

function notAStore(path: string): Error {
  return usageError(`${path} is no journal of cot, and is left alone`, "Name another file.");
}

const keyStart = Buffer.from('{"key":"');
const quote = 0x22;

/** The key alone: parsing a whole journal would take longer than the questions that it saves. */
function keyOf(line: Buffer): string | undefined {
  if (line.compare(keyStart, 0, keyStart.length, 0, keyStart.length) !== 0) return undefined;
  const end = line.indexOf(quote, keyStart.length);
  // a whole object, not the head of one: shared files may hold lines that a crash tore in the middle
  if (end === -1 || line[line.length - 1] !== 0x7d) return undefined;
  return line.toString("latin1", keyStart.length, end);
}

async function readEntry(
  file: OpenFile,
  offset: number,
  key: string,
): Promise<Record<string, unknown> | undefined> {
  let length = 1 << 12;
  for (;;) {
    const bytes = await file.read(offset, length);
    const end = bytes.indexOf("\n");
    if (end !== -1) {
      const entry = parseObject(bytes.toString("utf8", 0, end));
      return entry?.["key"] === key ? entry : undefined;
    }
    if (bytes.length < length) return undefined;
    length *= 4;
  }
}
